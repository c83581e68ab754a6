package org.clusternet.nn.layer;

import org.clusternet.engine.op.BatchNorm;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.Mode;
import org.clusternet.nn.parameter.FrozenTensors;
import org.clusternet.nn.parameter.Initial;
import org.clusternet.nn.parameter.KeyPath;
import org.clusternet.nn.parameter.Parameter;

/**
 * Batch normalisation over N, H, W with PyTorch's defaults (eps 1e-5, momentum 0.1), together with
 * the addition and the ReLU that follow it in a residual block, which the engine runs as one op.
 *
 * <p>Parameters {@code weight} (1) and {@code bias} (0); buffers {@code running_mean} (0) and
 * {@code running_var} (1). PyTorch's {@code num_batches_tracked}, which is used only without a
 * momentum, is not kept.
 */
public final class BatchNorm2d {
  /** Added to the variance. */
  public static final double EPS = 1e-5;

  private static final double MOMENTUM = 0.1;

  private final KeyPath at;
  private final Op training;
  private final Op inference;
  private final Parameter weight;
  private final Parameter bias;
  private final Parameter runningMean;
  private final Parameter runningVariance;

  /**
   * A normalisation of each channel.
   *
   * @param at place where the parameters are declared
   * @param channels number of channels
   * @param relu whether a ReLU follows
   */
  public BatchNorm2d(KeyPath at, int channels, boolean relu) {
    this.at = at;
    this.training = new BatchNorm(EPS, MOMENTUM, relu);
    this.inference = new BatchNorm.Inference(EPS, relu);
    this.weight = at.parameter("weight", Initial.constant(1), channels);
    this.bias = at.parameter("bias", Initial.constant(0), channels);
    this.runningMean = at.buffer("running_mean", Initial.constant(0), channels);
    this.runningVariance = at.buffer("running_var", Initial.constant(1), channels);
  }

  /** {@code act(normalised x)}, of the type and shape of x (N, C, H, W). */
  public Tensor forward(Executor run, Mode mode, Tensor x) {
    return Calls.apply(
        at,
        run,
        op(mode),
        x,
        weight.value(),
        bias.value(),
        runningMean.value(),
        runningVariance.value());
  }

  /** {@code act(normalised x + residual)}, of the type and shape of both operands (N, C, H, W). */
  public Tensor forward(Executor run, Mode mode, Tensor x, Tensor residual) {
    return Calls.apply(
        at,
        run,
        op(mode),
        x,
        weight.value(),
        bias.value(),
        runningMean.value(),
        runningVariance.value(),
        residual);
  }

  private Op op(Mode mode) {
    return mode == Mode.TRAINING ? training : inference;
  }

  /** The normalisation by running statistics as {@code scale x + shift} of each channel. */
  record Line(double[] scale, double[] shift) {}

  Line line(Device device) {
    double[] scale = HostValues.get(device, weight.value());
    double[] shift = HostValues.get(device, bias.value());
    double[] mean = HostValues.get(device, runningMean.value());
    double[] variance = HostValues.get(device, runningVariance.value());
    for (int c = 0; c < scale.length; c++) {
      scale[c] /= Math.sqrt(variance[c] + EPS);
      shift[c] -= mean[c] * scale[c];
    }
    return new Line(scale, shift);
  }

  Tensor keepShift(FrozenTensors to, Line line) {
    return to.keep(bias.key(), Operands.parameterType(to.compute()), bias.shape(), line.shift());
  }
}
