package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.activation;
import static org.clusternet.engine.op.family.Sample.Input.parameter;
import static org.clusternet.engine.op.family.Sample.Input.positiveParameter;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.Differentiable;
import org.clusternet.engine.spi.Gradient;
import org.clusternet.engine.spi.NotDifferentiable;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/**
 * Batch normalisation in training (Ioffe and Szegedy 2015), with what follows it in a residual
 * block: {@code y = act(gamma (x - mean) / sqrt(variance + eps) + beta (+ residual))}. These are
 * the memory-bound ops of the network; as one op a device can do them in one pass.
 *
 * <p>Inputs: x (N, C, H, W); gamma, beta, running mean, running variance (C); optionally residual,
 * as x. Outputs: y; batch mean and biased batch variance (C); and in place the running statistics,
 * {@code running += momentum (batch - running)} with the unbiased batch variance, as PyTorch has
 * it.
 *
 * @param eps added to the variance
 * @param momentum weight of the batch in the running statistics
 * @param relu whether act is ReLU; the identity otherwise
 */
public record BatchNorm(double eps, double momentum, boolean relu) implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of(
          "BatchNorm",
          BatchNorm::samples,
          entry(BatchNorm.class, BatchNormCpu::forward, BatchNormCuda::forward),
          entry(Inference.class, BatchNormCpu::inference, BatchNormCuda::inference),
          entry(Backward.class, BatchNormCpu::backward, BatchNormCuda::backward));

  private static final int RESIDUAL = 5;

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands = check(this, inputs);
    TensorType x = operands.type(0);
    TensorType channels = operands.type(1);
    operands.require(
        x.shape().elements() / x.dim(1) > 1,
        "one value per channel has no variance; use a larger batch or image");
    return List.of(x, channels, channels, channels, channels);
  }

  private static Operands check(Op op, List<TensorType> inputs) {
    Operands operands = Operands.of(op, inputs, RESIDUAL, RESIDUAL + 1).floating(0).rank(0, 4);
    TensorType x = operands.type(0);
    for (int i = 1; i < RESIDUAL; i++) {
      operands.parameter(i, Shape.of(x.dim(1)));
    }
    if (operands.count() > RESIDUAL) {
      operands.shape(RESIDUAL, x.shape()).dtype(RESIDUAL, x.dtype());
    }
    return operands;
  }

  @Override
  public int inPlace(int output) {
    return output < 3 ? -1 : output;
  }

  @Override
  public void gradient(Gradient g) {
    boolean residual = g.inputs() > RESIDUAL;
    List<Tensor> operands =
        new ArrayList<>(List.of(g.input(0), g.input(1), g.output(1), g.output(2), g.upstream()));
    if (relu) {
      operands.add(g.output(0));
      if (!residual) {
        operands.add(g.input(2));
      }
    }
    boolean masked = relu && residual;
    int[] targets = masked ? new int[] {0, 1, 2, RESIDUAL} : new int[] {0, 1, 2};
    g.setAll(targets, new Backward(eps, masked), operands.toArray(Tensor[]::new));
    if (residual && !relu) {
      g.pass(RESIDUAL, g.upstream());
    }
  }

  /**
   * Gradients of x, gamma and beta, and of the residual if that differs from the upstream one, from
   * (x, gamma, mean, variance, upstream) and, after a ReLU, y; and, if no residual was added before
   * it, beta, from which a device can tell where y is positive without reading it.
   *
   * @param eps epsilon of the forward op
   * @param residual whether to write the residual's gradient
   */
  @NotDifferentiable("second derivatives are not offered")
  public record Backward(double eps, boolean residual) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      Operands operands = Operands.of(this, inputs, 5, 7);
      TensorType x = operands.type(0);
      TensorType channels = operands.type(1);
      return residual ? List.of(x, channels, channels, x) : List.of(x, channels, channels);
    }
  }

  /**
   * Normalisation by running statistics: inputs x, gamma, beta, mean, variance and optionally
   * residual; output y.
   *
   * @param eps added to the variance
   * @param relu whether a ReLU follows
   */
  @NotDifferentiable("inference runs without a tape")
  public record Inference(double eps, boolean relu) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      return List.of(check(this, inputs).type(0));
    }
  }

  private static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (boolean relu : new boolean[] {false, true}) {
      BatchNorm op = new BatchNorm(1e-5, 0.1, relu);
      Inference inference = new Inference(1e-5, relu);
      String what = relu ? ", relu" : "";
      samples.add(sample("plain" + what, op, false, 3, 5, 4, 6));
      samples.add(sample("residual" + what, op, true, 2, 16, 3, 5));
      samples.add(sample("one image" + what, op, true, 1, 1, 2, 2));
      samples.add(sample("inference" + what, inference, false, 2, 5, 3, 4));
      samples.add(sample("inference, residual" + what, inference, true, 2, 16, 3, 1));
    }
    return samples;
  }

  private static Sample sample(String name, Op op, boolean residual, int... dims) {
    int c = dims[1];
    List<Sample.Input> inputs =
        new ArrayList<>(
            List.of(
                activation(dims), parameter(c), parameter(c), parameter(c), positiveParameter(c)));
    if (residual) {
      inputs.add(activation(dims));
    }
    return new Sample(name, op, inputs);
  }
}
