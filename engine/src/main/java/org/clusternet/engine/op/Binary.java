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
import org.clusternet.engine.tensor.Broadcasting;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.TensorType;

/**
 * A pointwise function of two tensors of one type, with broadcasting.
 *
 * @param function a row of the table
 */
public record Binary(BinaryFunction function) implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of(
          "Binary",
          Binary::samples,
          entry(Binary.class, BinaryCpu::forward, BinaryCuda::forward),
          entry(Backward.class, BinaryCpu::backward, BinaryCuda::backward));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands = Operands.of(this, inputs, 2).floating(0).dtype(1, inputs.get(0).dtype());
    Shape joined = Broadcasting.join(operands.type(0).shape(), operands.type(1).shape());
    if (joined == null) {
      throw operands.failure("the shapes do not broadcast");
    }
    return List.of(new TensorType(operands.type(0).dtype(), joined));
  }

  @Override
  public void gradient(Gradient g) {
    if (function == BinaryFunction.ADD) {
      g.pass(0, g.upstream());
      g.pass(1, g.upstream());
    } else {
      g.set(0, new Backward(function, 0), g.input(0), g.input(1), g.upstream());
      g.set(1, new Backward(function, 1), g.input(0), g.input(1), g.upstream());
    }
  }

  /**
   * The upstream gradient times the derivative by one operand, in the broadcast shape.
   *
   * @param function a row of the table
   * @param operand 0 or 1
   */
  @NotDifferentiable("second derivatives are not offered")
  public record Backward(BinaryFunction function, int operand) implements Op {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(Operands.of(this, inputs, 3).type(2));
    }
  }

  private static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (BinaryFunction f : BinaryFunction.values()) {
      Binary op = new Binary(f);
      Sample.Input image = Sample.Input.activation(2, 3, 5, 4);
      samples.add(Sample.of(f + " of equal shapes", op, image, Sample.Input.positive(2, 3, 5, 4)));
      samples.add(Sample.of(f + " per channel", op, image, Sample.Input.positive(3, 1, 1)));
      samples.add(
          Sample.of(
              f + " stretching both", op, Sample.Input.activation(4, 1), Sample.Input.positive(3)));
      samples.add(
          Sample.of(f + " of size 1", op, Sample.Input.activation(1), Sample.Input.positive()));
    }
    return samples;
  }
}
