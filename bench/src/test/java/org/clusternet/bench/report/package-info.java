/** Tests of {@code org.clusternet.bench.report}. */
package org.clusternet.bench.report;
