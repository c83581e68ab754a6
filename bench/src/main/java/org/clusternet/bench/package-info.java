/** The way in: {@link org.clusternet.bench.Main}. */
package org.clusternet.bench;
