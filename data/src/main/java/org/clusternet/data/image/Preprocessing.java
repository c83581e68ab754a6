package org.clusternet.data.image;

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
 * it is replaced by the smallest positive pixel of the (resampled) crop. NaN and infinite pixels
 * are excluded from averages; where none remains, the same replacement is used. A constant image
 * becomes all zeros. The logarithm is StrictMath's: the same bits on every JVM.
 *
 * @param cropSize side of the central crop in pixels of the image, at least 1
 * @param imageSize side of the network's input in pixels, at least 1
 */
public record Preprocessing(int cropSize, int imageSize) {
  /** The side of the paper's central crop and input, in pixels. */
  public static final int PAPER_SIZE = 256;

  /** The paper's preprocessing: 256 x 256 pixels, not resampled. */
  public static final Preprocessing PAPER = new Preprocessing(PAPER_SIZE, PAPER_SIZE);

  /**
   * An input of the network.
   *
   * @param size its side in pixels
   * @param pixels {@code size * size} values in [0, 1], row by row as in {@link Image}
   * @param nonPositive number of pixels of the crop that were zero or negative
   * @param nonFinite number of pixels of the crop that were NaN or infinite
   */
  public record Input(int size, float[] pixels, int nonPositive, int nonFinite) {}

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
   * Prepares an image.
   *
   * @param image surface brightness
   * @param source name of the image in errors, usually its file
   * @return the network's input
   * @throws DataException if the image is smaller than the crop or has no positive pixel in it
   */
  public Input apply(Image image, String source) {
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
    return new Input(imageSize, logarithm(field, source), nonPositive, nonFinite);
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
              + "; choose a crop of at most "
              + Math.min(image.width(), image.height())
              + " pixels or remove the image");
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

  private float[] logarithm(double[] field, String source) {
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
    double low = StrictMath.log(least);
    double range = StrictMath.log(most) - low;
    float[] pixels = new float[field.length];
    for (int i = 0; range > 0 && i < field.length; i++) {
      if (field[i] > least) {
        pixels[i] = (float) ((StrictMath.log(field[i]) - low) / range);
      }
    }
    return pixels;
  }
}
