/** Tests of the peers, which run in the Maven profile {@code peers} only. */
package org.clusternet.bench.peers;
