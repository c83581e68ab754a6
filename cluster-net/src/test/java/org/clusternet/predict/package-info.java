/** Tests of the explanations. */
package org.clusternet.predict;
