package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.below;
import static org.clusternet.engine.op.family.Sample.Input.given;
import static org.clusternet.engine.op.family.Sample.Input.parameter;

import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.Differentiable;
import org.clusternet.engine.spi.Gradient;
import org.clusternet.engine.spi.NotDifferentiable;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.TensorType;

/**
 * The regression loss of Eq. 14 and 15, for classes that have an order: {@code L = (1/N) sum_i
 * sum_k d[i][k]^2}, where {@code d[i][k] = F(softmax(logits_i))[k] - F(onehot(t_i))[k]} and F is
 * the cumulative distribution over the classes in their order. A prediction two classes off costs
 * more than one class off.
 *
 * <p>Inputs: logits (N, K) in F64 or F32; labels t (N) in I32, from 0 to K - 1. Output: the loss, a
 * scalar. A label that is no class is an {@link IllegalArgumentException} of the call that runs it.
 */
public record CramerDistance() implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of(
          "CramerDistance",
          CramerDistance::samples,
          entry(CramerDistance.class, CramerDistanceCpu::forward, CramerDistanceCuda::forward),
          entry(Backward.class, CramerDistanceCpu::backward, CramerDistanceCuda::backward));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands = Operands.of(this, inputs, 2).labelledLogits();
    return List.of(new TensorType(operands.type(0).dtype(), Shape.SCALAR));
  }

  @Override
  public void gradient(Gradient g) {
    g.set(0, new Backward(), g.input(0), g.input(1), g.upstream());
  }

  /**
   * From (logits, labels, upstream u): with {@code dp[j] = (2u/N) sum_{k >= j} d[k]}, {@code
   * dlogits[k] = p[k] (dp[k] - sum_j p[j] dp[j])} in every row.
   */
  @NotDifferentiable("second derivatives are not offered")
  public record Backward() implements Op {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(Operands.of(this, inputs, 3).type(0));
    }
  }

  private static List<Sample> samples() {
    CramerDistance op = new CramerDistance();
    return List.of(
        Sample.of("batch", op, parameter(8, 3), below(3, 8)),
        Sample.of(
            "first and last class",
            op,
            parameter(3, 4),
            given(Sample.Role.INTEGER, Shape.of(3), 3, 0, 3)),
        Sample.of("one row", op, parameter(1, 5), below(5, 1)),
        Sample.of("one class", op, parameter(2, 1), below(1, 2)));
  }
}
