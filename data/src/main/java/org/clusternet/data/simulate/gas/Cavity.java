package org.clusternet.data.simulate.gas;

import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;

/**
 * A bubble inflated by a jet: hardly any thermal gas within a sphere, and around it a bright rim of
 * compressed gas that is not hotter than its surroundings (Birzan et al. 2004, ApJ 607, 800; Fabian
 * 2012, ARA&amp;A 50, 455). Pressure is not changed.
 *
 * @param centre centre in kpc from the potential minimum
 * @param radius radius in kpc, positive
 * @param density factor on the density within, above 0 and at most 1
 * @param rim factor on the density at the middle of the rim, at least 1
 */
public record Cavity(Vector3D centre, double radius, double density, double rim) {
  /** Half width of the cavity's edge in units of the radius. */
  static final double EDGE = 0.1;

  private static final double RIM_MIDDLE = 1.25;
  private static final double RIM_HALF_WIDTH = 0.25;
  private static final double REACH = RIM_MIDDLE + RIM_HALF_WIDTH;

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public Cavity {
    if (!(radius > 0 && density > 0 && density <= 1 && rim >= 1)) {
      throw new IllegalArgumentException(
          "cavity: radius=%s kpc density=%s rim=%s; need radius above 0, 0 < density <= 1, rim >= 1"
              .formatted(radius, density, rim));
    }
  }

  /** The factor on the density at a point. */
  double factor(double x, double y, double z) {
    double dx = x - centre.getX();
    double dy = y - centre.getY();
    double dz = z - centre.getZ();
    double square = (dx * dx + dy * dy + dz * dz) / (radius * radius);
    if (square >= REACH * REACH) {
      return 1;
    }
    double s = Math.sqrt(square);
    if (s < 1 - EDGE) {
      return density;
    }
    double inside = s < 1 + EDGE ? density + (1 - density) * step((s - 1 + EDGE) / (2 * EDGE)) : 1;
    double u = (s - RIM_MIDDLE) / RIM_HALF_WIDTH;
    double bump = Math.abs(u) < 1 ? (1 - u * u) * (1 - u * u) : 0;
    return inside * (1 + (rim - 1) * bump);
  }

  private static double step(double t) {
    return t * t * (3 - 2 * t);
  }
}
