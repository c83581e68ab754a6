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
 * Bilinear interpolation to another size with half-pixel centres: PyTorch's {@code
 * F.interpolate(mode="bilinear", align_corners=False)}, without anti-aliasing.
 *
 * <p>Input: x (N, C, h, w). Output: y (N, C, height, width) of x's element type. Sample (i, j) lies
 * at {@code ((i + 1/2) h / height - 1/2, (j + 1/2) w / width - 1/2)}, clamped to the image. A
 * constant image stays exactly constant. A pixel that is not finite spoils the samples next to it
 * and no others.
 *
 * @param height height of the output, at least 1
 * @param width width of the output, at least 1
 */
public record ResizeBilinear(int height, int width) implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of(
          "ResizeBilinear",
          ResizeBilinear::samples,
          entry(ResizeBilinear.class, ResizeBilinearCpu::forward, ResizeBilinearCuda::forward),
          entry(Backward.class, ResizeBilinearCpu::backward, ResizeBilinearCuda::backward));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType x =
        Operands.of(this, inputs, 1)
            .require(height >= 1 && width >= 1, "height and width must be at least 1")
            .floating(0)
            .rank(0, 4)
            .type(0);
    return List.of(TensorType.of(x.dtype(), x.dim(0), x.dim(1), height, width));
  }

  @Override
  public void gradient(Gradient g) {
    g.set(0, new Backward(g.input(0).type()), g.upstream());
  }

  /**
   * Gradient of x from the upstream one: for each pixel the sum over the samples that used it.
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
    return List.of(
        Sample.of("up", new ResizeBilinear(32, 32), activation(2, 1, 4, 4)),
        Sample.of("up, odd and not square", new ResizeBilinear(13, 9), activation(2, 3, 5, 4)),
        Sample.of("down", new ResizeBilinear(3, 4), activation(2, 2, 11, 9)),
        Sample.of("up and down", new ResizeBilinear(7, 3), activation(1, 2, 4, 10)),
        Sample.of("same size", new ResizeBilinear(5, 6), activation(2, 2, 5, 6)),
        Sample.of("from one pixel", new ResizeBilinear(4, 5), activation(3, 2, 1, 1)),
        Sample.of("from one row", new ResizeBilinear(3, 8), activation(1, 1, 1, 5)),
        Sample.of("to one pixel", new ResizeBilinear(1, 1), activation(2, 3, 4, 5)),
        Sample.of("to one column", new ResizeBilinear(6, 1), activation(2, 1, 5, 3)));
  }
}
