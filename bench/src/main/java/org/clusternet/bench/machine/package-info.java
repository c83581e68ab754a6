/** The machine's peak performance, which figures are compared with. */
@NullMarked
package org.clusternet.bench.machine;

import org.jspecify.annotations.NullMarked;
