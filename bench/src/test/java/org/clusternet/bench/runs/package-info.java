/** Tests of {@code org.clusternet.bench.runs}. */
package org.clusternet.bench.runs;
