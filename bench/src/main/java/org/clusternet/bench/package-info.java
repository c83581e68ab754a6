/** The way in: {@link org.clusternet.bench.BenchMain}. */
package org.clusternet.bench;
