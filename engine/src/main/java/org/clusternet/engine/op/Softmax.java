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
 * Probabilities from logits, over dimension 1: x (N, K) to y (N, K), {@code y[i][k] = exp(x[i][k])
 * / sum_j exp(x[i][j])}, or their logarithms, which stay finite where the probability itself is too
 * small for its type. The largest logit of the row is subtracted first, so that finite logits of
 * any size give finite results.
 *
 * @param log whether y is the logarithm of the probabilities
 */
public record Softmax(boolean log) implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of(
          "Softmax",
          Softmax::samples,
          entry(Softmax.class, SoftmaxCpu::forward, SoftmaxCuda::forward),
          entry(Backward.class, SoftmaxCpu::backward, SoftmaxCuda::backward));

  /** The probabilities themselves. */
  public Softmax() {
    this(false);
  }

  /** The logarithms of the probabilities. */
  public static Softmax logarithm() {
    return new Softmax(true);
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    return List.of(Operands.of(this, inputs, 1).floating(0).rank(0, 2).type(0));
  }

  @Override
  public void gradient(Gradient g) {
    g.set(0, new Backward(log), log ? g.input(0) : g.output(0), g.upstream());
  }

  /**
   * {@code dx = y (u - sum_j u_j y_j)} from (y, upstream u); for the logarithm {@code dx = u -
   * softmax(x) sum_j u_j} from (x, upstream u). There the probabilities come from x: from y they
   * would carry the rounding of a large logarithm.
   *
   * @param log whether y is the logarithm of the probabilities
   */
  @NotDifferentiable("second derivatives are not offered")
  public record Backward(boolean log) implements Op {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(Operands.of(this, inputs, 2).type(0));
    }
  }

  private static List<Sample> samples() {
    return List.of(
        Sample.of("classes", new Softmax(), activation(5, 3)),
        Sample.of("many classes", new Softmax(), activation(2, 37)),
        Sample.of("one class", new Softmax(), activation(4, 1)),
        Sample.of("one row", new Softmax(), activation(1, 7)),
        Sample.of("logarithm, classes", logarithm(), activation(5, 3)),
        Sample.of("logarithm, many classes", logarithm(), activation(2, 37)),
        Sample.of("logarithm, one class", logarithm(), activation(4, 1)),
        Sample.of("logarithm, one row", logarithm(), activation(1, 7)));
  }
}
