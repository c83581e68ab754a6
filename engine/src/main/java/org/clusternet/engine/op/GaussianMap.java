package org.clusternet.engine.op;

import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.activation;
import static org.clusternet.engine.op.family.Sample.Input.given;

import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.spi.NotDifferentiable;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.TensorType;

/**
 * The density of a bivariate Gaussian centred on the brightest pixel (paper, Eq. 5 and 6) or on a
 * given peak: {@code p(x, y) = exp(-((x - mu_x)^2 / (2 sigma_x^2) + (y - mu_y)^2 / (2 sigma_y^2)))
 * / (2 pi sigma_x sigma_y)} with {@code sigma_x = W / sqrt(lambda), sigma_y = H / sqrt(lambda)}.
 * {@link MinMaxNormalise} makes it the heat map H2.
 *
 * <p>Inputs: image (N, C, H, W); only channel 0 is read, since the network's channels are copies.
 * Optionally peaks I32 (N, 2), each the centre (x, y) in pixels of its image; (-1, -1) stands for
 * the brightest pixel, and any other peak outside the image is moved to the nearest pixel of the
 * image. Noise does not move a peak that was found on a smoothed image.
 *
 * <p>* Output: (N, 1, H, W) of the parameter type (F32 for a BF16 image), for a threshold will be
 * laid through it. Among equally bright pixels the first in row-major order is the centre. NaN is
 * never the brightest; an image of nothing else has its centre at (0, 0).
 *
 * @param lambda the larger, the narrower; positive
 */
@NotDifferentiable("the place of the brightest pixel is piecewise constant")
public record GaussianMap(double lambda) implements Op {
  static final OpFamily FAMILY =
      OpFamily.of(
          "GaussianMap",
          GaussianMap::samples,
          entry(GaussianMap.class, GaussianMapCpu::run, GaussianMapCuda::run));

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands =
        Operands.of(this, inputs, 1, 2)
            .require(lambda > 0 && Double.isFinite(lambda), "lambda must be positive and finite")
            .floating(0)
            .rank(0, 4);
    requirePeaks(operands, 1);
    TensorType image = operands.type(0);
    return List.of(
        TensorType.of(
            Operands.parameterType(image.dtype()), image.dim(0), 1, image.dim(2), image.dim(3)));
  }

  /** Checks that operand {@code i}, if there is one, gives peaks for the images of operand 0. */
  static void requirePeaks(Operands operands, int i) {
    if (operands.count() > i) {
      operands.dtype(i, DType.I32).shape(i, Shape.of(operands.type(0).dim(0), 2));
    }
  }

  /** An input of these peaks: x and y of one image after the other. */
  static Sample.Input peaks(double... coordinates) {
    return given(Sample.Role.INTEGER, Shape.of(coordinates.length / 2, 2), coordinates);
  }

  private static List<Sample> samples() {
    GaussianMap op = new GaussianMap(25);
    return List.of(
        Sample.of("images", op, activation(3, 3, 13, 9)),
        Sample.of("wide, one channel", new GaussianMap(4), activation(2, 1, 5, 31)),
        Sample.of("broad", new GaussianMap(0.5), activation(1, 2, 8, 8)),
        Sample.of("narrow enough to underflow", new GaussianMap(1e4), activation(2, 1, 40, 33)),
        Sample.of("one pixel", op, activation(2, 3, 1, 1)),
        Sample.of("one row", op, activation(1, 1, 1, 6)),
        Sample.of(
            "ties, all dark, negative",
            op,
            given(
                Sample.Role.ACTIVATION,
                Shape.of(3, 1, 2, 3),
                new double[] {1, 2, 4, 4, 4, 3, 0, 0, 0, 0, 0, 0, -3, -2, -5, -4, -1, -1})),
        Sample.of(
            "brighter in another channel",
            op,
            given(Sample.Role.ACTIVATION, Shape.of(1, 2, 1, 3), 1, 3, 2, 9, 0, 0)),
        Sample.of(
            "peaks: given, none, outside on either side",
            op,
            activation(5, 3, 7, 11),
            peaks(8, 2, -1, -1, 11, 3, -1, 6, -5, -2)));
  }
}
