package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.activation;

import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.Differentiable;
import org.clusternet.engine.spi.Gradient;
import org.clusternet.engine.spi.NotDifferentiable;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.TensorType;

/**
 * The logarithm of {@link Softmax}, over dimension 1: x (N, K) to y (N, K), {@code y[i][k] =
 * x[i][k] - log sum_j exp(x[i][j])}. It stays finite where the probability itself is too small for
 * its type.
 */
public record LogSoftmax() implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of(
          "LogSoftmax",
          LogSoftmax::samples,
          entry(LogSoftmax.class, LogSoftmaxCpu::forward, LogSoftmaxCuda::forward),
          entry(Backward.class, LogSoftmaxCpu::backward, LogSoftmaxCuda::backward));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    return List.of(Operands.of(this, inputs, 1).floating(0).rank(0, 2).type(0));
  }

  @Override
  public void gradient(Gradient g) {
    g.set(0, new Backward(), g.input(0), g.upstream());
  }

  /**
   * {@code dx = u - softmax(x) sum_j u_j} from (x, upstream u). The probabilities come from x: from
   * y they would carry the rounding of a large logarithm.
   */
  @NotDifferentiable("second derivatives are not offered")
  public record Backward() implements Op {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(Operands.of(this, inputs, 2).type(0));
    }
  }

  private static List<Sample> samples() {
    return List.of(
        Sample.of("classes", new LogSoftmax(), activation(5, 3)),
        Sample.of("many classes", new LogSoftmax(), activation(2, 37)),
        Sample.of("one class", new LogSoftmax(), activation(4, 1)),
        Sample.of("one row", new LogSoftmax(), activation(1, 7)));
  }
}
