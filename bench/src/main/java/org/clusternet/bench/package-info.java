/** The entry point, {@link org.clusternet.bench.BenchMain}. */
@NullMarked
package org.clusternet.bench;

import org.jspecify.annotations.NullMarked;
