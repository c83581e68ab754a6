/**
 * The catalogue of cases as JMH benchmarks: thin wrappers of {@code org.clusternet.benchmark}, so
 * that {@code cluster-net bench} and JMH run the same code.
 */
@NullMarked
package org.clusternet.bench.cases;

import org.jspecify.annotations.NullMarked;
