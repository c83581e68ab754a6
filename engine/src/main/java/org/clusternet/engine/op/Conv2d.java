package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.activation;
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
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * Two-dimensional cross-correlation, as every framework calls convolution.
 *
 * <p>Inputs: x (N, C, H, W); weight (O, C, kH, kW); optionally bias (O). Output: y (N, O, oH, oW),
 * oH = (H + 2 padding - kH) / stride + 1. Beside BF16 activations the weight may be F32: the kernel
 * rounds it on the way, and its gradient comes out in F32; or BF16, and so is its gradient then.
 *
 * @param stride step of the window along both axes, at least 1
 * @param padding zeros around x on every side
 */
public record Conv2d(int stride, int padding) implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of(
          "Conv2d",
          Conv2d::samples,
          entry(Conv2d.class, Conv2dCpu::forward, Conv2dCuda::forward),
          entry(BackwardInput.class, Conv2dCpu::backwardInput, Conv2dCuda::backwardInput),
          entry(BackwardWeight.class, Conv2dCpu::backwardWeight, Conv2dCuda::backwardWeight));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands = Operands.of(this, inputs, 2, 3);
    TensorType y = result(operands, stride, padding);
    TensorType w = operands.type(1);
    if (y.dtype() == DType.BF16) {
      operands.dtype(1, DType.BF16, DType.F32);
    } else {
      operands.parameter(1, w.shape());
    }
    if (operands.count() == 3) {
      operands.parameter(2, Shape.of(w.dim(0)));
    }
    return List.of(y);
  }

  /** Type of what a convolution of operand 0 by the weight, operand 1, gives, if they fit. */
  static TensorType result(Operands operands, int stride, int padding) {
    operands
        .require(stride >= 1, "stride must be at least 1")
        .require(padding >= 0, "padding must not be negative")
        .floating(0)
        .rank(0, 4)
        .rank(1, 4);
    TensorType x = operands.type(0);
    TensorType w = operands.type(1);
    operands.require(w.dim(1) == x.dim(1), "channels of x=" + x.dim(1) + ", of weight=" + w.dim(1));
    int height = extent(x.dim(2), w.dim(2), stride, padding);
    int width = extent(x.dim(3), w.dim(3), stride, padding);
    operands.require(height > 0 && width > 0, "the window is larger than the padded image");
    return TensorType.of(x.dtype(), x.dim(0), w.dim(0), height, width);
  }

  /** Positions of a window along one axis; 0 if it is larger than the padded image. */
  static int extent(int size, int kernel, int stride, int padding) {
    int room = size + 2 * padding - kernel;
    return room < 0 ? 0 : room / stride + 1;
  }

  @Override
  public void gradient(Gradient g) {
    Tensor x = g.input(0);
    Tensor w = g.input(1);
    if (g.needs(0)) {
      g.set(0, new BackwardInput(stride, padding, x.type()), w, g.upstream());
    }
    boolean bias = g.inputs() == 3;
    if (g.needs(1) || g.needs(2)) {
      int[] targets = bias ? new int[] {1, 2} : new int[] {1};
      g.setAll(targets, new BackwardWeight(stride, padding, w.type(), bias), x, g.upstream());
    }
  }

  /**
   * Gradient of x from (weight, upstream).
   *
   * @param stride stride of the forward op
   * @param padding padding of the forward op
   * @param x type of x
   */
  @NotDifferentiable("second derivatives are not offered")
  public record BackwardInput(int stride, int padding, TensorType x) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      Operands.of(this, inputs, 2);
      return List.of(x);
    }
  }

  /**
   * Gradient of weight, and of the bias if there is one, from (x, upstream).
   *
   * @param stride stride of the forward op
   * @param padding padding of the forward op
   * @param w type of the weight
   * @param bias whether there is a bias
   */
  @NotDifferentiable("second derivatives are not offered")
  public record BackwardWeight(int stride, int padding, TensorType w, boolean bias) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      Operands.of(this, inputs, 2);
      TensorType shift = TensorType.of(Operands.parameterType(w.dtype()), w.dim(0));
      return bias ? List.of(w, shift) : List.of(w);
    }
  }

  private static List<Sample> samples() {
    return List.of(
        Sample.of("3x3", new Conv2d(1, 1), activation(2, 5, 7, 9), parameter(3, 5, 3, 3)),
        Sample.of("3x3 wide", new Conv2d(1, 1), activation(3, 32, 9, 11), parameter(16, 32, 3, 3)),
        Sample.of("3x3 bare", new Conv2d(1, 0), activation(4, 16, 10, 9), parameter(32, 16, 3, 3)),
        Sample.of("3x3 full", new Conv2d(1, 2), activation(4, 16, 7, 5), parameter(16, 16, 3, 3)),
        Sample.of("stem", new Conv2d(2, 3), activation(2, 3, 17, 14), parameter(16, 3, 7, 7)),
        Sample.of("strided", new Conv2d(2, 1), activation(1, 16, 10, 8), parameter(32, 16, 3, 3)),
        Sample.of("1x1 strided", new Conv2d(2, 0), activation(2, 16, 8, 7), parameter(8, 16, 1, 1)),
        Sample.of(
            "bias, no padding",
            new Conv2d(1, 0),
            activation(2, 4, 6, 5),
            parameter(3, 4, 3, 2),
            parameter(3)),
        Sample.of(
            "of x's type", new Conv2d(1, 1), activation(2, 16, 5, 6), activation(8, 16, 3, 3)),
        Sample.of(
            "of x's type, bias",
            new Conv2d(2, 1),
            activation(1, 3, 7, 5),
            activation(2, 3, 3, 3),
            parameter(2)),
        Sample.of("size 1", new Conv2d(1, 0), activation(1, 1, 1, 1), parameter(1, 1, 1, 1)),
        Sample.of("stride 3", new Conv2d(3, 1), activation(1, 2, 8, 11), parameter(2, 2, 3, 3)));
  }
}
