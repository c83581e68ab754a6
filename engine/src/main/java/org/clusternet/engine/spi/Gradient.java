package org.clusternet.engine.spi;

import org.clusternet.engine.tensor.Tensor;

/** What an op's gradient rule sees of one recorded call, and where it states the result. */
public interface Gradient {

  /** Number of inputs of the call. */
  int inputs();

  /** Input {@code i} of the call. */
  Tensor input(int i);

  /** Output {@code i} of the call. */
  Tensor output(int i);

  /** The gradient of the loss with respect to output 0. */
  Tensor upstream();

  /** Whether anybody asked for the gradient of input {@code i}. */
  boolean needs(int i);

  /** Runs an op for an intermediate result of the rule. */
  Tensor compute(Op op, Tensor... inputs);

  /**
   * States that the gradient of input {@code i} is output 0 of {@code op}; nothing if not needed.
   */
  void set(int i, Op op, Tensor... inputs);

  /**
   * States that output k of {@code op} is the gradient of input {@code targets[k]}, for all k; a
   * target of -1, or one that is not needed, drops that output.
   */
  void setAll(int[] targets, Op op, Tensor... inputs);

  /**
   * States that the gradient of input {@code i} is this very tensor, for instance the upstream one.
   */
  void pass(int i, Tensor gradient);
}
