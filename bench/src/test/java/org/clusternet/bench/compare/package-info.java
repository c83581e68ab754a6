/** Tests of {@code org.clusternet.bench.compare}. */
package org.clusternet.bench.compare;
