package org.clusternet.engine.op;

import static org.clusternet.engine.op.GaussianMap.peaks;
import static org.clusternet.engine.op.family.OpFamily.entry;
import static org.clusternet.engine.op.family.Sample.Input.activation;
import static org.clusternet.engine.op.family.Sample.Input.below;
import static org.clusternet.engine.op.family.Sample.Input.given;
import static org.clusternet.engine.op.family.Sample.Input.parameter;

import java.util.List;
import org.clusternet.engine.op.family.OpFamily;
import org.clusternet.engine.op.family.Sample;
import org.clusternet.engine.region.GaussianBell;
import org.clusternet.engine.spi.NotDifferentiable;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.Operands;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.TensorType;

/**
 * From the image and its feature map to the region that the auxiliary branch sees (paper, III-B and
 * III-C), as one op: the box of the pixels that the attention mask, the Gaussian mask or both set,
 * and the image in that box, resized.
 *
 * <p>Inputs: image (N, C, H, W); unless the region is {@link Region#GAUSSIAN}, also features (N, k,
 * h, w) of the image's type or, beside an F32 image, BF16; classWeight (K, k) of the parameter
 * type; and the class whose map is meant: I32 (N), or logits (N, K) of the parameter type, of which
 * the largest is it. Unless the region is {@link Region#ATTENTION}, optionally a last one: peaks
 * I32 (N, 2), as {@link GaussianMap} takes them. Outputs: crop (N, C, height, width) of the image's
 * type; box I32 (N, 4), each row [x_min, y_min, x_max, y_max], inclusive; the whole image where
 * nothing is set.
 *
 * <p>It is the composition of {@link ArgMax}, {@link CamWeighting}, {@link ResizeBilinear}, {@link
 * MinMaxNormalise}, {@link Threshold}, {@link GaussianMap}, {@link MaskCombine}, {@link
 * BoundingBox} and {@link CropResize}, and gives its bits, without any heat map or mask of the
 * image's size. Where those maps are wanted, run the ops one by one.
 *
 * @param region which pixels make the box
 * @param tau1 threshold of the attention heat map; not NaN
 * @param tau2 threshold of the Gaussian heat map; not NaN
 * @param lambda sharpness of the Gaussian; positive, and such that its peak is a finite F32
 * @param height height of the crop, at least 1
 * @param width width of the crop, at least 1
 */
@NotDifferentiable("the box is a step function, and no gradient flows through mask, box or crop")
public record AttentionCrop(
    Region region, double tau1, double tau2, double lambda, int height, int width) implements Op {
  static final OpFamily FAMILY =
      OpFamily.of(
          "AttentionCrop",
          AttentionCrop::samples,
          entry(AttentionCrop.class, AttentionCropCpu::run, AttentionCropCuda::run));

  /** Which pixels make the box. */
  public enum Region {
    /** Those of the attention mask B1. */
    ATTENTION,
    /** Those of the Gaussian mask B2. */
    GAUSSIAN,
    /** Those of either, as the paper's text has it. */
    UNION,
    /** Those of both, as the paper's Eq. 8 has it. */
    INTERSECTION;

    /** Whether the attention mask takes part. */
    public boolean attention() {
      return this != GAUSSIAN;
    }

    /** Whether the Gaussian mask takes part. */
    public boolean gaussian() {
      return this != ATTENTION;
    }
  }

  @Override
  public List<TensorType> infer(List<TensorType> inputs) {
    Operands operands =
        Operands.of(this, inputs, peaksOperand(), peaksOperand() + (region.gaussian() ? 1 : 0))
            .require(height >= 1 && width >= 1, "height and width must be at least 1")
            .require(!Double.isNaN(tau1) && !Double.isNaN(tau2), "tau1 and tau2 must be numbers")
            .floating(0)
            .rank(0, 4);
    TensorType image = operands.type(0);
    double peak = GaussianBell.peak(image.dim(2), image.dim(3), lambda);
    operands.require(
        lambda > 0 && Float.isFinite((float) peak),
        "lambda must be positive, and lambda / (2 pi H W) finite in F32");
    if (region.attention()) {
      requireFeatures(operands, image);
    }
    GaussianMap.requirePeaks(operands, peaksOperand());
    int samples = image.dim(0);
    return List.of(
        TensorType.of(image.dtype(), samples, image.dim(1), height, width),
        TensorType.of(DType.I32, samples, 4));
  }

  /** The index of the operand that gives the peaks, which may be left out. */
  int peaksOperand() {
    return region.attention() ? 4 : 1;
  }

  private static void requireFeatures(Operands operands, TensorType image) {
    operands.floating(1).rank(1, 4).rank(2, 2);
    TensorType features = operands.type(1);
    TensorType weight = operands.type(2);
    DType parameter = Operands.parameterType(features.dtype());
    operands
        .require(
            image.dtype() == features.dtype() || image.dtype() == parameter,
            "the image must have the type of the features, or F32 beside BF16")
        .require(
            features.dim(0) == image.dim(0),
            "samples of features=" + features.dim(0) + ", of image=" + image.dim(0))
        .dtype(2, parameter)
        .require(
            weight.dim(1) == features.dim(1),
            "channels of features=" + features.dim(1) + ", of classWeight=" + weight.dim(1));
    if (operands.type(3).dtype() == DType.I32) {
      operands.shape(3, Shape.of(image.dim(0)));
    } else {
      operands.dtype(3, parameter).shape(3, Shape.of(image.dim(0), weight.dim(0)));
    }
  }

  private static AttentionCrop of(Region region, int height, int width) {
    return new AttentionCrop(region, 0.7, 0.7, 25, height, width);
  }

  private static List<Sample> samples() {
    double[] flat = {1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 8};
    double[] ties = {1, 4, 4, 4, 3, 4, 0, 0, 0, 0, 0, 0, -3, -2, -5, -4, -1, -1};
    return List.of(
        Sample.of(
            "union, by logits",
            of(Region.UNION, 32, 32),
            activation(3, 3, 32, 32),
            activation(3, 24, 4, 4),
            parameter(3, 24),
            parameter(3, 3)),
        Sample.of(
            "intersection, by class",
            new AttentionCrop(Region.INTERSECTION, 0.4, 0.3, 9, 16, 16),
            activation(4, 3, 24, 24),
            activation(4, 12, 3, 3),
            parameter(3, 12),
            below(3, 4)),
        Sample.of(
            "attention alone, odd and not square",
            of(Region.ATTENTION, 7, 9),
            activation(2, 3, 29, 17),
            activation(2, 10, 3, 5),
            parameter(2, 10),
            below(2, 2)),
        Sample.of("Gaussian alone", of(Region.GAUSSIAN, 12, 10), activation(3, 1, 19, 23)),
        Sample.of(
            "image F32, features of any type",
            of(Region.UNION, 20, 20),
            parameter(2, 3, 40, 40),
            activation(2, 130, 5, 5),
            parameter(4, 130),
            parameter(2, 4)),
        Sample.of(
            "flat map, then not",
            of(Region.ATTENTION, 5, 6),
            activation(2, 2, 10, 12),
            given(Sample.Role.ACTIVATION, Shape.of(2, 3, 2, 2), flat),
            parameter(2, 3),
            below(2, 2)),
        Sample.of(
            "equally bright pixels, all dark, negative",
            of(Region.GAUSSIAN, 3, 3),
            given(Sample.Role.ACTIVATION, Shape.of(3, 1, 2, 3), ties)),
        Sample.of(
            "nothing reaches the threshold",
            new AttentionCrop(Region.UNION, 1.5, 1.5, 25, 6, 8),
            activation(2, 3, 9, 7),
            activation(2, 5, 2, 2),
            parameter(3, 5),
            below(3, 2)),
        Sample.of(
            "everything reaches it",
            new AttentionCrop(Region.INTERSECTION, 0, -1, 25, 6, 8),
            activation(2, 3, 9, 7),
            activation(2, 5, 2, 2),
            parameter(3, 5),
            below(3, 2)),
        Sample.of(
            "a map larger than the image, to one pixel",
            of(Region.UNION, 1, 1),
            activation(1, 1, 5, 4),
            activation(1, 4, 9, 40),
            parameter(2, 4),
            below(2, 1)),
        Sample.of(
            "peaks with logits: none, given, outside",
            of(Region.UNION, 9, 11),
            activation(3, 3, 26, 31),
            activation(3, 6, 2, 2),
            parameter(3, 6),
            parameter(3, 3),
            peaks(-1, -1, 3, 20, 40, -7)),
        Sample.of(
            "peaks, intersection, by class",
            new AttentionCrop(Region.INTERSECTION, 0.2, 0.2, 4, 9, 11),
            activation(2, 1, 26, 31),
            activation(2, 6, 2, 2),
            parameter(3, 6),
            below(3, 2),
            peaks(12, 13, -1, -1)),
        Sample.of(
            "peaks, Gaussian alone",
            of(Region.GAUSSIAN, 9, 11),
            activation(2, 3, 12, 15),
            peaks(14, 0, -1, 5)));
  }
}
