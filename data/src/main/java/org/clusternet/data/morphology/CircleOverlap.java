package org.clusternet.data.morphology;

/**
 * The exact part of a pixel that lies within a circle, so that apertures have sub-pixel edges
 * without sampling.
 *
 * <p>The area of the circle within the rectangle from the origin to (x, y) is an integral of min(y,
 * sqrt(r^2 - t^2)) over t, elementary on either side of the point where the circle cuts the upper
 * edge; a pixel is the signed sum of four such rectangles.
 */
final class CircleOverlap {
  private static final double HALF_DIAGONAL = Math.sqrt(0.5);

  private CircleOverlap() {}

  /**
   * The share of a pixel within a circle.
   *
   * @param dx column of the pixel minus column of the circle's centre, in pixels
   * @param dy row of the pixel minus row of the circle's centre, in pixels
   * @param radius radius of the circle in pixels
   * @return from 0 to 1
   */
  static double share(double dx, double dy, double radius) {
    double distance = Math.sqrt(dx * dx + dy * dy);
    if (distance >= radius + HALF_DIAGONAL) {
      return 0;
    }
    if (distance <= radius - HALF_DIAGONAL) {
      return 1;
    }
    double area =
        signed(dx + 0.5, dy + 0.5, radius)
            - signed(dx - 0.5, dy + 0.5, radius)
            - signed(dx + 0.5, dy - 0.5, radius)
            + signed(dx - 0.5, dy - 0.5, radius);
    return Math.max(0, Math.min(1, area));
  }

  private static double signed(double x, double y, double radius) {
    double area = corner(Math.min(Math.abs(x), radius), Math.min(Math.abs(y), radius), radius);
    return (x < 0) == (y < 0) ? area : -area;
  }

  private static double corner(double x, double y, double radius) {
    double cut = leg(y, radius);
    if (x <= cut) {
      return x * y;
    }
    return y * cut + primitive(x, leg(x, radius), radius) - primitive(cut, y, radius);
  }

  /**
   * The integral of sqrt(r^2 - t^2); that root is an argument because the caller has it exactly.
   */
  private static double primitive(double t, double root, double radius) {
    return (t * root + radius * radius * StrictMath.atan2(t, root)) / 2;
  }

  private static double leg(double other, double radius) {
    return Math.sqrt((radius - other) * (radius + other));
  }
}
