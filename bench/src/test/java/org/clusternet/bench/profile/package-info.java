/** Tests of {@code org.clusternet.bench.profile}. */
package org.clusternet.bench.profile;
