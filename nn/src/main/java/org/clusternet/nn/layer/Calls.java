package org.clusternet.nn.layer;

import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.OpException;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.parameter.KeyPath;

/** Runs the op of a layer and adds the key of the layer to errors about its operands. */
final class Calls {
  private Calls() {}

  static Tensor apply(KeyPath layer, Executor run, Op op, Tensor... inputs) {
    try {
      return run.apply(op, inputs);
    } catch (OpException e) {
      throw new IllegalArgumentException(layer + ": " + e.getMessage(), e);
    }
  }
}
