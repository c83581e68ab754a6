package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.below;
import static org.clusternet.engine.op.family.Sample.Input.given;
import static org.clusternet.engine.op.family.Sample.Input.parameter;
import static org.clusternet.engine.op.family.Sample.Input.positiveParameter;

import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.Differentiable;
import org.clusternet.engine.spi.Gradient;
import org.clusternet.engine.spi.NotDifferentiable;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * The classification loss of Eq. 10: {@code L = -(1/N) sum_i w[t_i] log softmax(logits_i)[t_i]}. It
 * is divided by the number of rows N, not, as PyTorch does, by the sum of the weights.
 *
 * <p>Inputs: logits (N, K) in F64 or F32; labels t (N) in I32, from 0 to K - 1; class weights w (K)
 * of the logits' type. Outputs: the loss, a scalar; and the probabilities softmax(logits) (N, K),
 * which carry no gradient. A label that is no class is an {@link IllegalArgumentException} of the
 * call that runs it.
 */
public record WeightedCrossEntropy() implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of(
          "WeightedCrossEntropy",
          WeightedCrossEntropy::samples,
          entry(
              WeightedCrossEntropy.class,
              WeightedCrossEntropyCpu::forward,
              WeightedCrossEntropyCuda::forward),
          entry(
              BackwardLogits.class,
              WeightedCrossEntropyCpu::backwardLogits,
              WeightedCrossEntropyCuda::backwardLogits),
          entry(
              BackwardWeights.class,
              WeightedCrossEntropyCpu::backwardWeights,
              WeightedCrossEntropyCuda::backwardWeights));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands = Operands.of(this, inputs, 3).labelledLogits();
    TensorType logits = operands.type(0);
    operands.parameter(2, Shape.of(logits.dim(1)));
    return List.of(new TensorType(logits.dtype(), Shape.SCALAR), logits);
  }

  @Override
  public void gradient(Gradient g) {
    Tensor labels = g.input(1);
    g.set(0, new BackwardLogits(), g.output(1), labels, g.input(2), g.upstream());
    g.set(2, new BackwardWeights(), g.input(0), labels, g.upstream());
  }

  /**
   * {@code dlogits[i][k] = u w[t_i] / N (p[i][k] - (1 if k = t_i else 0))} from (probabilities p,
   * labels t, class weights w, upstream u).
   */
  @NotDifferentiable("second derivatives are not offered")
  public record BackwardLogits() implements Op {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(Operands.of(this, inputs, 4).type(0));
    }
  }

  /**
   * {@code dw[k] = -(u/N) sum of log softmax(logits_i)[k] over the rows i with t_i = k} from
   * (logits, labels t, upstream u).
   */
  @NotDifferentiable("second derivatives are not offered")
  public record BackwardWeights() implements Op {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      TensorType logits = Operands.of(this, inputs, 3).type(0);
      return List.of(new TensorType(logits.dtype(), Shape.of(logits.dim(1))));
    }
  }

  private static List<Sample> samples() {
    WeightedCrossEntropy op = new WeightedCrossEntropy();
    return List.of(
        Sample.of("batch", op, parameter(8, 3), below(3, 8), positiveParameter(3)),
        Sample.of(
            "a class without rows",
            op,
            parameter(3, 4),
            given(Sample.Role.INTEGER, Shape.of(3), 3, 0, 3),
            positiveParameter(4)),
        Sample.of("one row", op, parameter(1, 5), below(5, 1), positiveParameter(5)),
        Sample.of("one class", op, parameter(2, 1), below(1, 2), positiveParameter(1)));
  }
}
