/**
 * The CPU device: off-heap memory, threads, vector loops, and what kernels of ops are given to work
 * with. oneDNN is behind {@link org.clusternet.engine.cpu.onednn}.
 */
@NullMarked
package org.clusternet.engine.cpu;

import org.jspecify.annotations.NullMarked;
