package org.clusternet.data.region;

/** An area of the plane; places are pixels from 0 at the centre of the first. */
interface RegionArea {
  /** Whether a place lies in the area. */
  boolean contains(double x, double y);

  /**
   * Ellipses and boxes of any number of rings around a centre, turned together: what lies within
   * the outermost but not within the innermost, where there are two or more.
   *
   * @param centre x and y
   * @param axes the local frame: from pixels to the units of the sizes, along the frame's two axes
   * @param angle from the frame's first axis to the second, in degrees
   * @param inner half sides or half axes of the innermost ring, zeros for none
   * @param outer those of the outermost ring
   * @param box whether they are boxes
   */
  record Rings(
      double[] centre, double[] axes, double angle, double[] inner, double[] outer, boolean box)
      implements RegionArea {
    @Override
    public boolean contains(double x, double y) {
      double dx = x - centre[0];
      double dy = y - centre[1];
      double u = axes[0] * dx + axes[1] * dy;
      double v = axes[2] * dx + axes[3] * dy;
      double cos = StrictMath.cos(Math.toRadians(angle));
      double sin = StrictMath.sin(Math.toRadians(angle));
      double along = u * cos + v * sin;
      double across = v * cos - u * sin;
      return within(outer, along, across) && !(inner[0] > 0 && within(inner, along, across));
    }

    private boolean within(double[] half, double along, double across) {
      if (box) {
        return Math.abs(along) <= half[0] && Math.abs(across) <= half[1];
      }
      double a = along / half[0];
      double b = across / half[1];
      return a * a + b * b <= 1;
    }
  }

  /**
   * A polygon, by the even-odd rule.
   *
   * @param x corners
   * @param y corners
   */
  record Polygon(double[] x, double[] y) implements RegionArea {
    @Override
    public boolean contains(double px, double py) {
      boolean inside = false;
      for (int i = 0, j = x.length - 1; i < x.length; j = i++) {
        boolean crosses = y[i] > py != y[j] > py;
        if (crosses && px < (x[j] - x[i]) * (py - y[i]) / (y[j] - y[i]) + x[i]) {
          inside = !inside;
        }
      }
      return inside;
    }
  }
}
