/** Comparison of our engine with its peers in rounds, and the table of results. */
@NullMarked
package org.clusternet.bench.compare;

import org.jspecify.annotations.NullMarked;
