/** Calls of the C library by {@code java.lang.foreign}: memory, and what every such call needs. */
@NullMarked
package org.clusternet.engine.cpu.foreign;

import org.jspecify.annotations.NullMarked;
