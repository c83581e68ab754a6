/** Ours and the peers in one run, in rounds, and the table that comes of it. */
package org.clusternet.bench.compare;
