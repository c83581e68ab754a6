/** Counter-based random numbers, the same on every machine. */
package org.clusternet.nn.random;
