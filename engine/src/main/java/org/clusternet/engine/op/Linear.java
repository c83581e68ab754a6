package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.parameter;

import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.Differentiable;
import org.clusternet.engine.spi.Gradient;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * A fully connected layer: {@code y = x weight^T + bias}.
 *
 * <p>Inputs: x (N, K) in F64 or F32; weight (O, K); optionally bias (O), all of one type. Output: y
 * (N, O). BF16 is refused: the heads that use this op are small and run in F32; {@link Cast} the
 * features first.
 */
public record Linear() implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of("Linear", Linear::samples, entry(Linear.class, LinearCpu::run, LinearCuda::run));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands =
        Operands.of(this, inputs, 2, 3).dtype(0, DType.F64, DType.F32).rank(0, 2).rank(1, 2);
    TensorType x = operands.type(0);
    TensorType weight = operands.type(1);
    operands
        .parameter(1, weight.shape())
        .require(
            weight.dim(1) == x.dim(1),
            "features of x=" + x.dim(1) + ", of weight=" + weight.dim(1));
    if (operands.count() == 3) {
      operands.parameter(2, Shape.of(weight.dim(0)));
    }
    return List.of(TensorType.of(x.dtype(), x.dim(0), weight.dim(0)));
  }

  @Override
  public void gradient(Gradient g) {
    Tensor u = g.upstream();
    g.set(0, new MatMul(false, false), u, g.input(1));
    g.set(1, new MatMul(true, false), u, g.input(0));
    if (g.needs(2)) {
      g.set(2, new SumTo(g.input(2).shape()), u);
    }
  }

  private static List<Sample> samples() {
    Linear op = new Linear();
    return List.of(
        Sample.of("head", op, parameter(8, 40), parameter(3, 40), parameter(3)),
        Sample.of("without bias", op, parameter(5, 7), parameter(11, 7)),
        Sample.of("one row", op, parameter(1, 9), parameter(4, 9), parameter(4)),
        Sample.of("of size 1", op, parameter(1, 1), parameter(1, 1), parameter(1)));
  }
}
