package org.clusternet.nn.layer;

import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.parameter.KeyPath;

/** {@code y = x weight^T + bias} with copies of weight and bias that never change. */
public final class FrozenLinear {
  private final KeyPath at;
  private final org.clusternet.engine.op.Linear op = new org.clusternet.engine.op.Linear();
  private final Tensor weight;
  private final Tensor bias;

  FrozenLinear(KeyPath at, Tensor weight, Tensor bias) {
    this.at = at;
    this.weight = weight;
    this.bias = bias;
  }

  /** (N, K) to (N, O). */
  public Tensor forward(Executor run, Tensor x) {
    return Calls.apply(at, run, op, x, weight, bias);
  }

  /** The weight (O, K); row c holds the coefficients of the class activation map of class c. */
  public Tensor weight() {
    return weight;
  }
}
