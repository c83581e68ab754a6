package org.clusternet.nn.layer;

import org.clusternet.engine.op.FusedConv2d;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.parameter.FrozenTensors;
import org.clusternet.nn.parameter.Initial;
import org.clusternet.nn.parameter.KeyPath;
import org.clusternet.nn.parameter.Parameter;

/**
 * Convolution without bias, which the batch normalisation that follows would make redundant.
 *
 * <p>Parameter {@code weight} (O, I, k, k), initially normal with standard deviation sqrt(2 / (O k
 * k)): Kaiming initialisation for ReLU by the fan-out (He et al. 2015, Eq. 14), as in torchvision's
 * ResNet.
 */
public final class Conv2d {
  private final KeyPath at;
  private final org.clusternet.engine.op.Conv2d op;
  private final Parameter weight;

  /**
   * A convolution of {@code in} to {@code out} channels.
   *
   * @param at place where the parameter is declared
   * @param in input channels
   * @param out output channels
   * @param kernel height and width of the kernel
   * @param stride stride in both directions
   * @param padding number of zeros on every side
   */
  public Conv2d(KeyPath at, int in, int out, int kernel, int stride, int padding) {
    this.at = at;
    this.op = new org.clusternet.engine.op.Conv2d(stride, padding);
    double deviation = StrictMath.sqrt(2.0 / ((double) out * kernel * kernel));
    this.weight = at.parameter("weight", Initial.normal(deviation), out, in, kernel, kernel);
  }

  /** (N, I, H, W) to (N, O, (H + 2 padding - k) / stride + 1, likewise W). */
  public Tensor forward(Executor run, Tensor x) {
    return Calls.apply(at, run, op, x, weight.operand());
  }

  /**
   * A copy that never changes, with the batch normalisation that follows folded into it.
   *
   * @param to memory of the copy
   * @param norm normalisation, of which the running statistics are used
   * @param relu whether a ReLU follows
   * @throws IllegalArgumentException if a number is not finite after folding
   */
  public FrozenConv2d freeze(FrozenTensors to, BatchNorm2d norm, boolean relu) {
    BatchNorm2d.Line line = norm.line(to.device());
    Tensor kept = to.scaled(weight, line.scale());
    return new FrozenConv2d(
        at, new FusedConv2d(op.stride(), op.padding(), relu), kept, norm.keepShift(to, line));
  }
}
