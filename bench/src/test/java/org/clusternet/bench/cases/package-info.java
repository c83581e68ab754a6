/** Tests of {@code org.clusternet.bench.cases}. */
package org.clusternet.bench.cases;
