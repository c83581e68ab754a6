package org.clusternet.data.image;

import java.util.Optional;
import org.clusternet.data.DataException;

/**
 * Converts an X-ray image to the network's input, following section IV-B of the paper: central
 * crop, natural logarithm, min-max scaling to [0, 1] per image.
 *
 * <p>The paper crops 256 x 256 pixels and feeds them as they are. Here the network's input may have
 * another size than the crop, so that training on the same field of view costs less; the crop is
 * then resampled before the logarithm is taken, because flux is additive:
 *
 * <ul>
 *   <li>to a smaller size by averaging over the area of each new pixel, old pixels weighted by the
 *       part that lies in it, so that the mean surface brightness is conserved at any ratio;
 *   <li>to a larger size bilinearly with half-pixel centres, clamped at the edges.
 * </ul>
 *
 * <p>Choices that the paper does not state: a pixel that is zero or negative has no logarithm, so
 * it is replaced by a floor. For the paper's noise-free images that is the smallest positive pixel
 * of the (resampled) crop. In an image of photons, above all after subtraction of a background, the
 * smallest positive pixel is an accident of cancellation that can take most of the range; there the
 * floor is the noise ({@link PhotonNoise#floor}), and every pixel below it is set to it. Min-max
 * scaling begins at the smallest pixel that results. {@link LogFloor} chooses between the two.
 *
 * <p>NaN and infinite pixels are excluded from averages; where none remains, the floor is used. An
 * image without contrast is refused: scaled to [0, 1] it would be all zeros or rounding errors. The
 * logarithm is StrictMath's: the same bits on every JVM.
 *
 * @param cropSize side of the central crop in pixels of the image, at least 1
 * @param imageSize side of the network's input in pixels, at least 1
 * @param floor where the logarithm begins
 */
public record Preprocessing(int cropSize, int imageSize, LogFloor floor) {
  /** The side of the paper's central crop and input, in pixels. */
  public static final int PAPER_SIZE = 256;

  /** The paper's preprocessing: 256 x 256 pixels, not resampled. */
  public static final Preprocessing PAPER = new Preprocessing(PAPER_SIZE, PAPER_SIZE);

  /** Brightest and darkest pixel that differ by less than this share are rounding errors. */
  private static final double NO_CONTRAST = 1e-6;

  /**
   * An input of the network.
   *
   * @param size its side in pixels
   * @param pixels {@code size * size} values in [0, 1], row by row as in {@link Image}
   * @param nonPositive number of pixels of the crop that were zero or negative
   * @param nonFinite number of pixels of the crop that were NaN or infinite
   * @param covered share of the crop's pixels that have a value, from 0 to 1
   * @param range natural logarithm of the ratio of the brightest pixel to the darkest, above 0:
   *     what the values from 0 to 1 stand for
   * @param peak brightest pixel of an image of photons after smoothing ({@code BrightestPixel});
   *     empty if the brightest of the pixels themselves is to be taken, as the paper does
   */
  public record Input(
      int size,
      float[] pixels,
      int nonPositive,
      int nonFinite,
      double covered,
      double range,
      Optional<Peak> peak) {}

  /**
   * A pixel of the network's input.
   *
   * @param x column, from 0
   * @param y row, from 0
   */
  public record Peak(int x, int y) {}

  /**
   * Preprocessing with the paper's floor.
   *
   * @param cropSize side of the central crop in pixels of the image, at least 1
   * @param imageSize side of the network's input in pixels, at least 1
   * @throws IllegalArgumentException if one is below 1 or so large that an array cannot hold it
   */
  public Preprocessing(int cropSize, int imageSize) {
    this(cropSize, imageSize, LogFloor.PAPER);
  }

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is below 1 or so large that an array cannot hold it
   */
  public Preprocessing {
    requireSize("central_crop", cropSize);
    requireSize("image_size", imageSize);
  }

  private static void requireSize(String name, int size) {
    if (size < 1 || (long) size * size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "preprocessing: " + name + "=" + size + " must be from 1 to 46340 pixels");
    }
  }

  /**
   * Prepares an image of which nothing is known but its pixels, as a noise-free simulated one.
   *
   * @param image surface brightness
   * @param source name of the image in errors, usually its file
   * @return the network's input
   * @throws DataException as {@link #apply(Image, Optional, String)}
   */
  public Input apply(Image image, String source) {
    return apply(image, Optional.empty(), source);
  }

  /**
   * Prepares an image as it was read from a file.
   *
   * @param read the image and its keywords
   * @param source name of the image in errors, usually its file
   * @return the network's input
   * @throws DataException as {@link #apply(Image, Optional, String)}
   */
  public Input apply(SourceImage read, String source) {
    return apply(read.image(), PhotonNoise.of(read), source);
  }

  /**
   * Prepares an image.
   *
   * @param image surface brightness
   * @param noise noise of the image if it is known to be photons ({@link PhotonNoise#of})
   * @param source name of the image in errors, usually its file
   * @return the network's input
   * @throws DataException if the image is smaller than the crop, has no positive pixel in it, or no
   *     contrast
   */
  public Input apply(Image image, Optional<PhotonNoise> noise, String source) {
    double[] crop = crop(image, source);
    int nonFinite = 0;
    int nonPositive = 0;
    for (int i = 0; i < crop.length; i++) {
      if (!Double.isFinite(crop[i])) {
        crop[i] = Double.NaN;
        nonFinite++;
      } else if (crop[i] <= 0) {
        nonPositive++;
      }
    }
    if (nonFinite + nonPositive == crop.length) {
      throw new DataException(
          source
              + ": has no positive pixel in its central_crop="
              + cropSize
              + " (pixels="
              + crop.length
              + ", NaN or infinite="
              + nonFinite
              + "), so it has no logarithm; remove the image");
    }
    double[] field = Resampling.square(crop, cropSize, imageSize);
    double ratio = (double) cropSize / imageSize;
    Optional<PhotonNoise> used = used(noise);
    double least = used.map(n -> n.averaged(ratio * ratio).floor(field)).orElse(0.0);
    Optional<Peak> peak = used.map(n -> BrightestPixel.of(crop, cropSize, imageSize, n));
    Scaled scaled = logarithm(field, least, source);
    double covered = 1 - nonFinite / (double) crop.length;
    return new Input(
        imageSize, scaled.pixels(), nonPositive, nonFinite, covered, scaled.range(), peak);
  }

  private Optional<PhotonNoise> used(Optional<PhotonNoise> noise) {
    return switch (floor) {
      case AUTO -> noise;
      case PAPER -> Optional.empty();
      case PHOTON -> Optional.of(noise.orElse(PhotonNoise.UNKNOWN));
    };
  }

  private double[] crop(Image image, String source) {
    if (image.width() < cropSize || image.height() < cropSize) {
      throw new DataException(
          source
              + ": width="
              + image.width()
              + " height="
              + image.height()
              + " is smaller than central_crop="
              + cropSize
              + ", the side that the network reads; to predict, take a larger image or resample"
              + " this one to smaller pixels with --scale; to train, set --central-crop to at most "
              + Math.min(image.width(), image.height()));
    }
    int left = (image.width() - cropSize) / 2;
    int top = (image.height() - cropSize) / 2;
    double[] crop = new double[cropSize * cropSize];
    for (int y = 0; y < cropSize; y++) {
      int from = (top + y) * image.width() + left;
      System.arraycopy(image.pixels(), from, crop, y * cropSize, cropSize);
    }
    return crop;
  }

  /** Values from 0 to 1, and the range of the logarithm that they stand for. */
  private record Scaled(float[] pixels, double range) {}

  private Scaled logarithm(double[] field, double noise, String source) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (double value : field) {
      if (value > 0) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    if (most == 0) {
      throw new DataException(
          source
              + ": has no positive pixel after averaging to image_size="
              + imageSize
              + "; its negative pixels outweigh the others: remove the image");
    }
    least = Math.max(least, noise);
    if (most <= least * (1 + NO_CONTRAST)) {
      throw new DataException(source + ": has no contrast: " + flat(most, noise));
    }
    double low = StrictMath.log(least);
    double range = StrictMath.log(most) - low;
    float[] pixels = new float[field.length];
    for (int i = 0; i < field.length; i++) {
      if (field[i] > least) {
        pixels[i] = (float) ((StrictMath.log(field[i]) - low) / range);
      }
    }
    return new Scaled(pixels, range);
  }

  private String flat(double most, double noise) {
    return most <= noise * (1 + NO_CONTRAST)
        ? "its brightest pixel=%.6g is not above its noise=%.6g; use larger pixels or a longer exposure"
            .formatted(most, noise)
        : "all positive pixels of its central_crop=%d are %.6g; take the image of the cluster, or remove it"
            .formatted(cropSize, most);
  }
}
