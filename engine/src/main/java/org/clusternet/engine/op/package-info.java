/**
 * The ops. Everything of an op is found by one file-name stem: {@code X.java} holds its attributes,
 * shape inference, gradient and sample inputs, {@code XCpu.java} how the CPU computes it. One line
 * in {@link org.clusternet.engine.op.OpRegistry} makes it known.
 */
package org.clusternet.engine.op;
