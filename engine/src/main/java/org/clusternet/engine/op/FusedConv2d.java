package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.activation;
import static org.clusternet.engine.op.family.Sample.Input.parameter;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.NotDifferentiable;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.TensorType;

/**
 * A convolution in inference with what follows it in a residual block: {@code y = act(x * weight +
 * bias (+ residual))}. Batch normalisation by running statistics is in weight and bias, and nothing
 * of what is in between goes to memory. A device keeps what it derives from a {@linkplain
 * org.clusternet.engine.tensor.Tensor#freeze frozen} weight; another weight is prepared anew in
 * each call.
 *
 * <p>Inputs: x (N, C, H, W); weight (O, C, kH, kW) of the type of x, in BF16 too; bias (O);
 * optionally residual, as y. Output: y (N, O, oH, oW), oH = (H + 2 padding - kH) / stride + 1.
 *
 * @param stride step of the window along both axes, at least 1
 * @param padding zeros around x on every side
 * @param relu whether act is ReLU; the identity otherwise
 */
@NotDifferentiable("inference runs without a tape")
public record FusedConv2d(int stride, int padding, boolean relu) implements Op {
  static final OpFamily FAMILY =
      OpFamily.of(
          "FusedConv2d",
          FusedConv2d::samples,
          entry(FusedConv2d.class, FusedConv2dCpu::run, FusedConv2dCuda::run));

  static final int BIAS = 2;
  static final int RESIDUAL = 3;

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands = Operands.of(this, inputs, RESIDUAL, RESIDUAL + 1);
    TensorType y = Conv2d.result(operands, stride, padding);
    operands.dtype(1, y.dtype()).parameter(BIAS, Shape.of(operands.type(1).dim(0)));
    if (operands.count() > RESIDUAL) {
      operands.shape(RESIDUAL, y.shape()).dtype(RESIDUAL, y.dtype());
    }
    return List.of(y);
  }

  private static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (boolean relu : new boolean[] {false, true}) {
      FusedConv2d same = new FusedConv2d(1, 1, relu);
      FusedConv2d half = new FusedConv2d(2, 1, relu);
      String what = relu ? ", relu" : "";
      samples.add(sample("3x3" + what, same, activation(2, 5, 7, 9), activation(3, 5, 3, 3)));
      samples.add(
          sample("3x3 wide" + what, same, activation(3, 32, 9, 11), activation(16, 32, 3, 3)));
      samples.add(
          sample(
              "3x3 residual" + what,
              same,
              activation(3, 16, 12, 9),
              activation(32, 16, 3, 3),
              activation(3, 32, 12, 9)));
      samples.add(
          sample(
              "strided residual" + what,
              half,
              activation(2, 16, 10, 7),
              activation(16, 16, 3, 3),
              activation(2, 16, 5, 4)));
      samples.add(
          sample(
              "odd residual" + what,
              half,
              activation(1, 3, 8, 8),
              activation(5, 3, 3, 3),
              activation(1, 5, 4, 4)));
    }
    samples.add(
        sample(
            "stem",
            new FusedConv2d(2, 3, true),
            activation(2, 3, 17, 14),
            activation(16, 3, 7, 7)));
    samples.add(
        sample(
            "1x1 strided",
            new FusedConv2d(2, 0, false),
            activation(2, 16, 8, 7),
            activation(8, 16, 1, 1)));
    return samples;
  }

  private static Sample sample(
      String name, FusedConv2d op, Sample.Input x, Sample.Input w, Sample.Input... residual) {
    List<Sample.Input> inputs = new ArrayList<>(List.of(x, w, parameter(w.shape().dim(0))));
    inputs.addAll(List.of(residual));
    return new Sample(name, op, inputs);
  }
}
