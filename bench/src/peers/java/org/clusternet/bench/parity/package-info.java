/**
 * The three-headed network once more, written in libtorch's ops: what our own is held against.
 * Compiled in the Maven profile {@code peers} only; its results are fixtures that the build reads
 * without it.
 */
package org.clusternet.bench.parity;
