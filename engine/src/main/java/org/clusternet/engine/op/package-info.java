/**
 * The ops, and nothing else. Everything of an op is found by one file-name stem: {@code X.java}
 * holds its attributes, shape inference, gradient and sample inputs, {@code XCpu.java} how the CPU
 * computes it, {@code XCuda.java} how CUDA does. One line in {@link
 * org.clusternet.engine.op.OpRegistry} makes it known. What several ops share is elsewhere: how
 * they are declared in {@link org.clusternet.engine.op.family}, loops in the packages of the CPU,
 * launches in {@link org.clusternet.engine.cuda.launch}.
 */
@NullMarked
package org.clusternet.engine.op;

import org.jspecify.annotations.NullMarked;
