/** Tests of {@code org.clusternet.bench.step}. */
package org.clusternet.bench.step;
