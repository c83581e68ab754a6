package org.clusternet.nn.layer;

import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.parameter.FrozenTensors;
import org.clusternet.nn.parameter.Initial;
import org.clusternet.nn.parameter.KeyPath;
import org.clusternet.nn.parameter.Parameter;

/**
 * {@code y = x weight^T + bias}.
 *
 * <p>Parameters {@code weight} (O, K) and {@code bias} (O), both initially uniform in +-1/sqrt(K),
 * PyTorch's default.
 */
public final class Linear {
  private final KeyPath at;
  private final org.clusternet.engine.op.Linear op = new org.clusternet.engine.op.Linear();
  private final Parameter weight;
  private final Parameter bias;

  /**
   * A linear map of {@code in} to {@code out} features.
   *
   * @param at place where the parameters are declared
   * @param in number of features of x
   * @param out number of features of y
   */
  public Linear(KeyPath at, int in, int out) {
    this.at = at;
    double bound = 1 / StrictMath.sqrt(in);
    this.weight = at.parameter("weight", Initial.uniform(bound), out, in);
    this.bias = at.parameter("bias", Initial.uniform(bound), out);
  }

  /** (N, K) to (N, O). */
  public Tensor forward(Executor run, Tensor x) {
    return Calls.apply(at, run, op, x, weight.value(), bias.value());
  }

  /** The weight (O, K); row c holds the coefficients of the class activation map of class c. */
  public Parameter weight() {
    return weight;
  }

  /** A copy that never changes. */
  public FrozenLinear freeze(FrozenTensors to) {
    return new FrozenLinear(at, to.copy(weight), to.copy(bias));
  }
}
