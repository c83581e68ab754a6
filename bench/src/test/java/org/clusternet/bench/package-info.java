/** Tests of the module as a whole. */
package org.clusternet.bench;
