/** Helpers of this module's tests. */
package org.clusternet.nn.testing;
