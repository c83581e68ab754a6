/** Tests of the classical classifiers. */
package org.clusternet.classical;
