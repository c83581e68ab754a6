package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.activation;

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
 * The maximum over square, possibly overlapping windows; padding never wins. At a tie, as after a
 * ReLU, the first position in row-major order of the window wins, and it alone receives the
 * gradient.
 *
 * <p>Input: x (N, C, H, W). Outputs: y (N, C, oH, oW), and per element of y the winner's position
 * in its window, row times kernel plus column (U8).
 *
 * @param kernel side of the window, 1 to 16
 * @param stride step of the window
 * @param padding rows and columns around x, at most half the kernel
 */
public record MaxPool(int kernel, int stride, int padding) implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of(
          "MaxPool",
          MaxPool::samples,
          entry(MaxPool.class, MaxPoolCpu::forward, MaxPoolCuda::forward),
          entry(Backward.class, MaxPoolCpu::backward, MaxPoolCuda::backward));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands =
        Operands.of(this, inputs, 1)
            .floating(0)
            .rank(0, 4)
            .require(kernel >= 1 && kernel <= 16, "kernel must be 1 to 16")
            .require(stride >= 1, "stride must be at least 1")
            .require(padding >= 0 && 2 * padding <= kernel, "padding must be 0 to half the kernel");
    TensorType x = operands.type(0);
    int height = x.dim(2) + 2 * padding - kernel;
    int width = x.dim(3) + 2 * padding - kernel;
    operands.require(height >= 0 && width >= 0, "the window is larger than the padded image");
    Shape shape = Shape.of(x.dim(0), x.dim(1), height / stride + 1, width / stride + 1);
    return List.of(new TensorType(x.dtype(), shape), new TensorType(DType.U8, shape));
  }

  @Override
  public void gradient(Gradient g) {
    g.set(0, new Backward(this, g.input(0).type()), g.output(1), g.upstream());
  }

  /**
   * Gradient of x from (winners, upstream).
   *
   * @param pool the forward op
   * @param x type of x
   */
  @NotDifferentiable("second derivatives are not offered")
  public record Backward(MaxPool pool, TensorType x) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      Operands.of(this, inputs, 2).dtype(0, DType.U8);
      return List.of(x);
    }
  }

  private static List<Sample> samples() {
    MaxPool stem = new MaxPool(3, 2, 1);
    return List.of(
        Sample.of("stem", stem, activation(2, 16, 9, 8)),
        Sample.of("few channels", stem, activation(1, 3, 7, 5)),
        Sample.of("no overlap", new MaxPool(2, 2, 0), activation(2, 5, 6, 7)),
        Sample.of("stride 1", new MaxPool(3, 1, 1), activation(1, 4, 4, 5)),
        Sample.of("size 1", stem, activation(1, 1, 1, 1)),
        Sample.of("edge left over", new MaxPool(2, 3, 0), activation(1, 2, 9, 6)));
  }
}
