/** Tests of the fixtures that libtorch computes. Run in the Maven profile {@code peers} only. */
package org.clusternet.bench.parity;
