package org.clusternet.engine.spi;

import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;

/** Runs ops by inferring the output types, allocating the outputs and handing all to a device. */
public interface Executor {

  /** The device that everything runs on. */
  Device device();

  /** Where outputs are allocated. */
  Scope scope();

  /**
   * Runs an op.
   *
   * @return all outputs, in the scope of this executor
   * @throws OpException if the inputs do not fit the op
   */
  Tensor[] run(Op op, Tensor... inputs);

  /** Runs an op and returns its output 0. */
  default Tensor apply(Op op, Tensor... inputs) {
    return run(op, inputs)[0];
  }

  /**
   * Promises that no gradient and no reader needs a tensor any more, so that its memory may be
   * returned before the scope is left. A recorder that still needs it keeps it.
   */
  void discard(Tensor tensor);
}
