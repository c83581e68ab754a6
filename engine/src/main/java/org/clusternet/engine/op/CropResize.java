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
 * Cuts a box out of each image and resizes it bilinearly to one size: the input of the auxiliary
 * branch (paper, section III-C).
 *
 * <p>Inputs: image (N, C, H, W); box I32 (N, 4), each row [x_min, y_min, x_max, y_max], inclusive.
 * Output: (N, C, height, width) of the image's element type. It is {@link ResizeBilinear} of the
 * cropped image: with b the box's height, sample row i lies at {@code y_min + clamp((i + 1/2) b /
 * height - 1/2, 0, b - 1)}, columns alike, so that no pixel outside the box contributes. The whole
 * image at its own size comes out unchanged.
 *
 * <p>Differentiable by the image (the box is an integer); the network itself asks for no gradient
 * here. A box that does not lie in its image, or whose corners are the wrong way round, is an
 * {@link org.clusternet.engine.spi.OpException} when the op runs.
 *
 * @param height height of the output, at least 1
 * @param width width of the output, at least 1
 */
public record CropResize(int height, int width) implements Differentiable {
  static final OpFamily FAMILY =
      OpFamily.of(
          "CropResize",
          CropResize::samples,
          entry(CropResize.class, CropResizeCpu::forward, CropResizeCuda::forward),
          entry(Backward.class, CropResizeCpu::backward, CropResizeCuda::backward));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    TensorType image =
        Operands.of(this, inputs, 2)
            .require(height >= 1 && width >= 1, "height and width must be at least 1")
            .floating(0)
            .rank(0, 4)
            .dtype(1, DType.I32)
            .shape(1, Shape.of(inputs.get(0).dim(0), 4))
            .type(0);
    return List.of(TensorType.of(image.dtype(), image.dim(0), image.dim(1), height, width));
  }

  @Override
  public void gradient(Gradient g) {
    g.set(0, new Backward(g.input(0).type()), g.input(1), g.upstream());
  }

  /**
   * Gradient of the image from (box, upstream): for each pixel the sum over the samples that used
   * it, zero outside the box.
   *
   * @param image type of the image
   */
  @NotDifferentiable("second derivatives are not offered")
  public record Backward(TensorType image) implements Op {
    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
      Operands.of(this, inputs, 2);
      return List.of(image);
    }
  }

  private static Sample.Input boxes(double... corners) {
    return Sample.Input.given(Sample.Role.INTEGER, Shape.of(corners.length / 4, 4), corners);
  }

  private static List<Sample> samples() {
    return List.of(
        Sample.of(
            "up and down",
            new CropResize(7, 6),
            activation(3, 3, 9, 11),
            boxes(2, 1, 5, 8, 0, 3, 10, 4, 4, 0, 10, 8)),
        Sample.of("whole image", new CropResize(5, 7), activation(1, 3, 5, 7), boxes(0, 0, 6, 4)),
        Sample.of(
            "boxes of one width",
            new CropResize(4, 9),
            activation(2, 1, 6, 8),
            boxes(0, 0, 4, 5, 3, 2, 7, 3)),
        Sample.of(
            "one pixel",
            new CropResize(3, 4),
            activation(2, 2, 5, 4),
            boxes(3, 4, 3, 4, 0, 0, 0, 0)),
        Sample.of(
            "one row, one column",
            new CropResize(5, 5),
            activation(2, 1, 6, 7),
            boxes(1, 5, 6, 5, 6, 0, 6, 5)),
        Sample.of("to one pixel", new CropResize(1, 1), activation(1, 3, 8, 6), boxes(1, 2, 4, 7)),
        Sample.of(
            "image of one pixel", new CropResize(2, 3), activation(1, 1, 1, 1), boxes(0, 0, 0, 0)),
        Sample.of("far up", new CropResize(40, 33), activation(1, 2, 9, 7), boxes(2, 3, 5, 5)));
  }
}
