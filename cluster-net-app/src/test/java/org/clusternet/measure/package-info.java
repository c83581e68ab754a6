/** Tests of {@code org.clusternet.bench.report}. */
package org.clusternet.measure;
