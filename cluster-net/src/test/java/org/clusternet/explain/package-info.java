/** Tests of the explanations. */
package org.clusternet.explain;
