package org.clusternet.data.morphology;

/**
 * A position in an image, in pixels from the centre of its first pixel (FITS counts from 1, so add
 * 1 for CRPIX).
 *
 * @param x along the first axis
 * @param y along the second axis
 */
public record Position(double x, double y) {
  /**
   * The distance to another position.
   *
   * @param other another position in the same image
   * @return in pixels
   */
  public double distance(Position other) {
    double dx = x - other.x;
    double dy = y - other.y;
    return Math.sqrt(dx * dx + dy * dy);
  }
}
