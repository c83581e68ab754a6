package org.clusternet.data.image;

import java.util.Objects;

/**
 * A two-dimensional image of physical values in memory.
 *
 * <p>Pixels are in the order of a FITS file: {@code pixels[y * width + x]}, where x runs along the
 * first axis (NAXIS1) and y along the second (NAXIS2). Astronomical viewers draw y = 0 at the
 * bottom. NaN marks pixels without a value. The array is shared, not copied, and must not be
 * changed.
 *
 * @param width pixels along x, at least 1
 * @param height pixels along y, at least 1
 * @param pixels {@code width * height} values, row by row
 */
public record Image(int width, int height, double[] pixels) {
  /**
   * Checks that the size and the number of pixels agree.
   *
   * @throws IllegalArgumentException if a side is not positive or the array has another length
   */
  public Image {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "image: width=" + width + " height=" + height + "; both must be at least 1");
    }
    if ((long) width * height != pixels.length) {
      throw new IllegalArgumentException(
          "image: width="
              + width
              + " height="
              + height
              + " need "
              + (long) width * height
              + " pixels, pixels.length="
              + pixels.length);
    }
  }

  /**
   * One pixel.
   *
   * @param x column, from 0 to width - 1
   * @param y row, from 0 to height - 1
   * @return the value of the pixel
   * @throws IndexOutOfBoundsException if x or y is outside the image
   */
  public double at(int x, int y) {
    Objects.checkIndex(x, width);
    Objects.checkIndex(y, height);
    return pixels[y * width + x];
  }
}
