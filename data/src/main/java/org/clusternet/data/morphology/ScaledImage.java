package org.clusternet.data.morphology;

import org.clusternet.data.image.Image;

/**
 * An image whose pixels have a known size at the cluster.
 *
 * @param image surface brightness; NaN and infinite pixels count as not observed
 * @param kpcPerPixel side of a pixel in kpc
 */
public record ScaledImage(Image image, double kpcPerPixel) {
  /**
   * Checks the scale.
   *
   * @throws IllegalArgumentException if it is not a finite positive number
   */
  public ScaledImage {
    if (!(kpcPerPixel > 0) || Double.isInfinite(kpcPerPixel)) {
      throw new IllegalArgumentException(
          "morphology: kpc_per_pixel=" + kpcPerPixel + " must be a finite positive number");
    }
  }

  /**
   * The middle of the image.
   *
   * @return between the two middle pixels where a side is even
   */
  public Position centre() {
    return new Position((image.width() - 1) / 2.0, (image.height() - 1) / 2.0);
  }

  /**
   * The distance between two positions.
   *
   * @param a position in this image
   * @param b position in this image
   * @return in kpc
   */
  public double distance(Position a, Position b) {
    return a.distance(b) * kpcPerPixel;
  }
}
