package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;

import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.Differentiable;
import org.clusternet.engine.spi.Gradient;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;

/**
 * The same values in another floating-point type, rounded to nearest even; to the same type it is a
 * copy. The gradient is cast back.
 *
 * @param to element type of the output
 */
public record Cast(DType to) implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of("Cast", Cast::samples, entry(Cast.class, CastCpu::run, CastCuda::run));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands = Operands.of(this, inputs, 1).floating(0);
    operands.require(to.isFloating(), "to=" + to + "; it casts between F64, F32 and BF16");
    return List.of(inputs.get(0).as(to));
  }

  @Override
  public void gradient(Gradient g) {
    g.set(0, new Cast(g.input(0).dtype()), g.upstream());
  }

  private static List<Sample> samples() {
    // To F64 only: rounding to fewer bits has no finite difference; CastTest covers it.
    return List.of(
        Sample.of("of an image", new Cast(DType.F64), Sample.Input.activation(2, 3, 5, 4)),
        Sample.of("of a parameter", new Cast(DType.F64), Sample.Input.parameter(17)));
  }
}
