/** Tests of {@code org.clusternet.benchmark.step}. */
package org.clusternet.benchmark.step;
