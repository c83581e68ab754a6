/**
 * The catalogue of cases as JMH benchmarks: thin covers over {@code org.clusternet.benchmark}, so
 * that {@code cluster-net bench} and JMH run the same.
 */
package org.clusternet.bench.cases;
