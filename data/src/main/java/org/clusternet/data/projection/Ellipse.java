package org.clusternet.data.projection;

/**
 * The contours of a projected body: m^2 = xx x^2 + 2 xy x y + yy y^2, and the factor on the surface
 * brightness that is due to its depth along the line of sight.
 *
 * @param xx coefficient of x^2
 * @param xy half the coefficient of x y
 * @param yy coefficient of y^2
 * @param depth the body's depth in units of the sphere's, positive
 */
public record Ellipse(double xx, double xy, double yy, double depth) {
  /** The contours of a sphere. */
  public static final Ellipse CIRCLE = new Ellipse(1, 0, 1, 1);

  /**
   * Checks that this is an ellipse.
   *
   * @throws IllegalArgumentException if the form is not positive or the depth is not
   */
  public Ellipse {
    if (!(xx > 0 && xx * yy - xy * xy > 0 && depth > 0)) {
      throw new IllegalArgumentException(
          "ellipse: xx="
              + xx
              + " xy="
              + xy
              + " yy="
              + yy
              + " depth="
              + depth
              + " do not describe one");
    }
  }

  /**
   * The elliptical radius of a point on the sky.
   *
   * @param x kpc
   * @param y kpc
   * @return m in kpc
   */
  public double radius(double x, double y) {
    return Math.sqrt(square(x, y));
  }

  /**
   * The square of {@link #radius}.
   *
   * @param x kpc
   * @param y kpc
   * @return m^2 in kpc^2
   */
  public double square(double x, double y) {
    return (xx * x + 2 * xy * y) * x + yy * y * y;
  }

  /**
   * The ratio of the shorter to the longer axis.
   *
   * @return above 0, at most 1
   */
  public double axisRatio() {
    double mean = (xx + yy) / 2;
    double spread = Math.sqrt((xx - yy) * (xx - yy) / 4 + xy * xy);
    return Math.sqrt((mean - spread) / (mean + spread));
  }
}
