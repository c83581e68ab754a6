package org.clusternet.data.projection;

import org.clusternet.data.image.Image;

/**
 * A square image of the sky with the cluster at its centre.
 *
 * <p>A pixel holds the mean surface brightness over its area, so that the sum over pixels times
 * their area is the luminosity within the image. The mean is that of n x n points; n falls with the
 * distance from the centre, in pixels, as the profile becomes smooth on their scale: 16 within 2
 * pixels, 8 within 8, 4 within 32, 2 within 64, else 1. For a power law R^-s the error is of the
 * order s^2 / (24 n^2 d^2) at distance d, below 1e-3 everywhere and 1e-4 in the sum. The image of
 * an ellipse is the same turned by 180 degrees, so half of it is computed.
 *
 * @param size pixels along either side
 * @param pixel side of a pixel in kpc
 */
public record SkyGrid(int size, double pixel) {
  /** The largest image, in pixels along a side. */
  public static final int MAX_SIZE = 16384;

  /** The largest image, in kpc along a side: far more than any cluster. */
  public static final double MAX_FIELD = 20_000;

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if the size is below 1 or above {@link #MAX_SIZE}, or the
   *     pixel is not positive
   */
  public SkyGrid {
    if (size < 1 || size > MAX_SIZE) {
      throw new IllegalArgumentException(
          "sky: size=" + size + " pixels; must be from 1 to " + MAX_SIZE);
    }
    if (!(pixel > 0 && size * pixel <= MAX_FIELD)) {
      throw new IllegalArgumentException(
          "sky: pixel=%s kpc, side=%s kpc; need a pixel above 0 and a side of at most %s kpc"
              .formatted(pixel, size * pixel, MAX_FIELD));
    }
  }

  /**
   * The largest elliptical radius within the image.
   *
   * @param ellipse the contours
   * @return in kpc, that of a corner
   */
  public double maxRadius(Ellipse ellipse) {
    double half = size * pixel / 2;
    return Math.max(ellipse.radius(half, half), ellipse.radius(half, -half));
  }

  /**
   * Draws a body at the centre.
   *
   * @param ellipse its contours
   * @param profile its surface brightness by elliptical radius, for a sphere's depth
   * @return mean surface brightness per pixel, in erg s^-1 cm^-2
   */
  public Image draw(Ellipse ellipse, RadialProfile profile) {
    return draw(ellipse, profile, 0, 0);
  }

  /**
   * Draws a body.
   *
   * @param ellipse its contours
   * @param profile its surface brightness by elliptical radius, for a sphere's depth
   * @param x0 position of its centre along the first axis, in kpc from the centre of the image
   * @param y0 position of its centre along the second axis, in kpc from the centre of the image
   * @return mean surface brightness per pixel, in erg s^-1 cm^-2
   */
  public Image draw(Ellipse ellipse, RadialProfile profile, double x0, double y0) {
    double[] pixels = new double[size * size];
    boolean central = x0 == 0 && y0 == 0;
    int count = central ? (pixels.length + 1) / 2 : pixels.length;
    for (int k = 0; k < count; k++) {
      double x = centre(k % size) - x0;
      double y = centre(k / size) - y0;
      double value = ellipse.depth() * mean(ellipse, profile, x, y);
      pixels[k] = value;
      if (central) {
        pixels[pixels.length - 1 - k] = value;
      }
    }
    return new Image(size, size, pixels);
  }

  /**
   * The middle of a column or row.
   *
   * @param index from 0
   * @return in kpc from the image's centre
   */
  public double centre(int index) {
    return (index - (size - 1) / 2.0) * pixel;
  }

  /**
   * The column or row of a position.
   *
   * @param place position along an axis, in kpc from the centre of the image
   * @return index from 0; may be outside the image
   */
  public int index(double place) {
    return (int) Math.floor(place / pixel + size / 2.0);
  }

  private double mean(Ellipse ellipse, RadialProfile profile, double x, double y) {
    double radius = ellipse.radius(x, y);
    int n = points(radius / pixel);
    if (n == 1) {
      return profile.at(radius);
    }
    double step = pixel / n;
    double first = (step - pixel) / 2;
    double sum = 0;
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        sum += profile.at(ellipse.radius(x + first + i * step, y + first + j * step));
      }
    }
    return sum / (n * n);
  }

  private static int points(double distance) {
    if (distance < 8) {
      return distance < 2 ? 16 : 8;
    }
    if (distance < 64) {
      return distance < 32 ? 4 : 2;
    }
    return 1;
  }
}
