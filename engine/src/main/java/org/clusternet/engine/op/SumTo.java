package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;

import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.Differentiable;
import org.clusternet.engine.spi.Gradient;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.Broadcasting;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.TensorType;

/**
 * The sum over the dimensions along which {@code shape} would have been stretched to the input's:
 * the reverse of broadcasting, and any sum over whole dimensions ({@code Shape.SCALAR} sums
 * everything). Sums are formed in F64 and rounded once.
 *
 * @param shape shape of the output; it must broadcast to the input's
 */
public record SumTo(Shape shape) implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of(
          "SumTo",
          SumTo::samples,
          entry(SumTo.class, SumToCpu::run, SumToCuda::run),
          entry(BroadcastTo.class, SumToCpu::broadcast, SumToCuda::broadcast));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType x = Operands.of(this, inputs, 1).floating(0).type(0);
    Operands.of(this, inputs, 1)
        .require(
            Broadcasting.stretches(shape, x.shape()),
            "shape=" + shape + " does not broadcast to the operand's");
    return List.of(new TensorType(x.dtype(), shape));
  }

  @Override
  public void gradient(Gradient g) {
    g.set(0, new BroadcastTo(g.input(0).shape()), g.upstream());
  }

  /**
   * The input stretched to a larger shape.
   *
   * @param shape shape of the output; the input's must broadcast to it
   */
  public record BroadcastTo(Shape shape) implements Differentiable {

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      TensorType x = Operands.of(this, inputs, 1).floating(0).type(0);
      Operands.of(this, inputs, 1)
          .require(
              Broadcasting.stretches(x.shape(), shape),
              "the operand does not broadcast to shape=" + shape);
      return List.of(new TensorType(x.dtype(), shape));
    }

    @Override
    public void gradient(Gradient g) {
      g.set(0, new SumTo(g.input(0).shape()), g.upstream());
    }
  }

  private static List<Sample> samples() {
    Sample.Input image = Sample.Input.activation(2, 3, 5, 4);
    return List.of(
        Sample.of("to a scalar", new SumTo(Shape.SCALAR), image),
        Sample.of("over N, H, W", new SumTo(Shape.of(3, 1, 1)), image),
        Sample.of("over C", new SumTo(Shape.of(2, 1, 5, 4)), image),
        Sample.of("over rows", new SumTo(Shape.of(7)), Sample.Input.activation(5, 7)),
        Sample.of("of size 1", new SumTo(Shape.of(1)), Sample.Input.activation(1, 1)),
        Sample.of(
            "broadcast channels",
            new BroadcastTo(Shape.of(2, 3, 4, 5)),
            Sample.Input.activation(3, 1, 1)),
        Sample.of(
            "broadcast a scalar", new BroadcastTo(Shape.of(3, 4)), Sample.Input.activation()));
  }
}
