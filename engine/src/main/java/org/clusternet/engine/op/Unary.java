package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;

import java.util.ArrayList;
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
 * A pointwise function of one floating-point tensor of any shape; the output has its type.
 *
 * @param function a row of the table
 */
public record Unary(UnaryFunction function) implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of(
          "Unary",
          Unary::samples,
          entry(Unary.class, UnaryCpu::forward, UnaryCuda::forward),
          entry(Backward.class, UnaryCpu::backward, UnaryCuda::backward));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    return List.of(Operands.of(this, inputs, 1).floating(0).type(0));
  }

  @Override
  public void gradient(Gradient g) {
    g.set(0, new Backward(function), g.input(0), g.output(0), g.upstream());
  }

  /**
   * The upstream gradient times the derivative, from (x, y, upstream).
   *
   * @param function a row of the table
   */
  @NotDifferentiable("second derivatives are not offered")
  public record Backward(UnaryFunction function) implements Op {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(Operands.of(this, inputs, 3).type(2));
    }
  }

  private static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (UnaryFunction f : UnaryFunction.values()) {
      Unary op = new Unary(f);
      samples.add(Sample.of(f + " of an image", op, input(f, 2, 3, 5, 7)));
      samples.add(Sample.of(f + " of a row", op, input(f, 37)));
      samples.add(Sample.of(f + " of a scalar", op, input(f)));
      samples.add(Sample.of(f + " of rank 5", op, input(f, 2, 1, 3, 1, 2)));
    }
    return samples;
  }

  /** Numbers at which the function has a gradient. */
  private static Sample.Input input(UnaryFunction f, int... dims) {
    return switch (f) {
      case LOG, SQRT, RECIPROCAL -> Sample.Input.positive(dims);
      case RELU, ABS -> Sample.Input.awayFromZero(dims);
      case EXP, SQUARE, NEG, SIGMOID, TANH -> Sample.Input.activation(dims);
    };
  }
}
