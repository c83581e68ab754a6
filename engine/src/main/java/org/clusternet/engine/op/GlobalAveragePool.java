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
import org.clusternet.engine.tensor.TensorType;

/**
 * The mean over H and W: x (N, C, H, W) to (N, C). What leaves the convolutional part leaves BF16
 * too: the output is F32 beside BF16 input, and the heads and the loss are computed in F32.
 */
public record GlobalAveragePool() implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of(
          "GlobalAveragePool",
          GlobalAveragePool::samples,
          entry(
              GlobalAveragePool.class,
              GlobalAveragePoolCpu::forward,
              GlobalAveragePoolCuda::forward),
          entry(Backward.class, GlobalAveragePoolCpu::backward, GlobalAveragePoolCuda::backward));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType x = Operands.of(this, inputs, 1).floating(0).rank(0, 4).type(0);
    return List.of(TensorType.of(Operands.parameterType(x.dtype()), x.dim(0), x.dim(1)));
  }

  @Override
  public void gradient(Gradient g) {
    g.set(0, new Backward(g.input(0).type()), g.upstream());
  }

  /**
   * Gradient of x from the upstream one: each pixel its share.
   *
   * @param x type of x
   */
  @NotDifferentiable("second derivatives are not offered")
  public record Backward(TensorType x) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      Operands.of(this, inputs, 1);
      return List.of(x);
    }
  }

  private static List<Sample> samples() {
    GlobalAveragePool op = new GlobalAveragePool();
    return List.of(
        Sample.of("feature map", op, activation(2, 16, 3, 5)),
        Sample.of("size 1", op, activation(1, 3, 1, 1)));
  }
}
