/** Tests of {@code org.clusternet.bench.machine}. */
package org.clusternet.bench.machine;
