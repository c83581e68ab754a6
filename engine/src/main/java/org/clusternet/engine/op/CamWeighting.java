package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.activation;
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
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.TensorType;

/**
 * The class activation map (paper, Eq. 2): {@code A_c(x, y) = sum over k of w_k^c f_k(x, y)}, for
 * one class c of each sample.
 *
 * <p>Inputs: features f (N, C, h, w); classWeight w (K, C), the weight of the classifier behind
 * global average pooling, of the parameter type; classIndex c I32 (N). Output: (N, 1, h, w) of the
 * parameter type (F32 for BF16 features), for a threshold will be laid through it.
 *
 * <p>Every pixel is summed in the same order and in F64, so that equal features give equal bits,
 * and F32 differs from the oracle by one rounding.
 *
 * <p>Differentiable by features and weight; the network itself lets no gradient through its masks.
 * A class index outside [0, K) is an {@link org.clusternet.engine.spi.OpException} when the op
 * runs.
 */
public record CamWeighting() implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of(
          "CamWeighting",
          CamWeighting::samples,
          entry(CamWeighting.class, CamWeightingCpu::forward, CamWeightingCuda::forward),
          entry(
              BackwardFeatures.class,
              CamWeightingCpu::backwardFeatures,
              CamWeightingCuda::backwardFeatures),
          entry(
              BackwardWeight.class,
              CamWeightingCpu::backwardWeight,
              CamWeightingCuda::backwardWeight));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands = Operands.of(this, inputs, 3).floating(0).rank(0, 4).rank(1, 2);
    TensorType features = operands.type(0);
    TensorType weight = operands.type(1);
    operands
        .parameter(1, weight.shape())
        .require(
            weight.dim(1) == features.dim(1),
            "channels of features=" + features.dim(1) + ", of classWeight=" + weight.dim(1))
        .dtype(2, DType.I32)
        .shape(2, Shape.of(features.dim(0)));
    return List.of(
        TensorType.of(weight.dtype(), features.dim(0), 1, features.dim(2), features.dim(3)));
  }

  @Override
  public void gradient(Gradient g) {
    g.set(0, new BackwardFeatures(g.input(0).type()), g.input(1), g.input(2), g.upstream());
    g.set(1, new BackwardWeight(g.input(1).type()), g.input(0), g.input(2), g.upstream());
  }

  /**
   * Gradient of the features from (classWeight, classIndex, upstream): {@code w_k^c u(x, y)}.
   *
   * @param features type of the features
   */
  @NotDifferentiable("second derivatives are not offered")
  public record BackwardFeatures(TensorType features) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      Operands.of(this, inputs, 3);
      return List.of(features);
    }
  }

  /**
   * Gradient of the weight from (features, classIndex, upstream): for each class the sum over its
   * samples and over (x, y) of {@code f_k(x, y) u(x, y)}.
   *
   * @param weight type of the weight
   */
  @NotDifferentiable("second derivatives are not offered")
  public record BackwardWeight(TensorType weight) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      Operands.of(this, inputs, 3);
      return List.of(weight);
    }
  }

  private static List<Sample> samples() {
    CamWeighting op = new CamWeighting();
    return List.of(
        Sample.of("as in the network", op, activation(5, 24, 4, 3), parameter(3, 24), below(3, 5)),
        Sample.of(
            "one class for all, one without",
            op,
            activation(3, 5, 2, 7),
            parameter(2, 5),
            given(Sample.Role.INTEGER, Shape.of(3), 1, 1, 1)),
        Sample.of("size 1", op, activation(1, 1, 1, 1), parameter(1, 1), below(1, 1)));
  }
}
