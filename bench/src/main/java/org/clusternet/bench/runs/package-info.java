/** Measurements of complete training runs as a user starts them: start-up, and BF16 against F32. */
@NullMarked
package org.clusternet.bench.runs;

import org.jspecify.annotations.NullMarked;
