package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;

import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.Differentiable;
import org.clusternet.engine.spi.Gradient;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.TensorType;

/**
 * {@code scale x + shift} for every element of a floating-point tensor of any shape, computed in
 * F64 and rounded once. It has numbers of its own, so it is no row of {@link UnaryFunction}; its
 * gradient is another {@code Affine}.
 *
 * @param scale the factor
 * @param shift what is added
 */
public record Affine(double scale, double shift) implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of("Affine", Affine::samples, entry(Affine.class, AffineCpu::run, AffineCuda::run));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    return List.of(Operands.of(this, inputs, 1).floating(0).type(0));
  }

  @Override
  public void gradient(Gradient g) {
    g.set(0, new Affine(scale, 0), g.upstream());
  }

  private static List<Sample> samples() {
    return List.of(
        Sample.of("image", new Affine(0.3, -1.7), Sample.Input.activation(2, 3, 5, 4)),
        Sample.of("scale only", new Affine(-2.5, 0), Sample.Input.activation(17)),
        Sample.of("constant", new Affine(0, 3), Sample.Input.activation(1, 1)),
        Sample.of("scalar", new Affine(0.1, 0.2), Sample.Input.activation()));
  }
}
