package org.clusternet.nn.layer;

import org.clusternet.engine.op.FusedConv2d;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.parameter.KeyPath;

/**
 * A convolution and the batch normalisation after it as one convolution with a bias, for inference:
 * {@code w' = w gamma / sqrt(var + eps)}, {@code b' = beta - mean gamma / sqrt(var + eps)},
 * computed in F64 and rounded once. The addition and the ReLU of a residual block are part of the
 * op.
 */
public final class FrozenConv2d {
  private final KeyPath at;
  private final FusedConv2d op;
  private final Tensor weight;
  private final Tensor bias;

  FrozenConv2d(KeyPath at, FusedConv2d op, Tensor weight, Tensor bias) {
    this.at = at;
    this.op = op;
    this.weight = weight;
    this.bias = bias;
  }

  /** {@code act(x * w' + b')}, of the type of x. */
  public Tensor forward(Executor run, Tensor x) {
    return Calls.apply(at, run, op, x, weight, bias);
  }

  /** {@code act(x * w' + b' + residual)}, of the type of x and of the residual. */
  public Tensor forward(Executor run, Tensor x, Tensor residual) {
    return Calls.apply(at, run, op, x, weight, bias, residual);
  }
}
