package org.clusternet.data.projection;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The cubic spline kernel of smoothed particle hydrodynamics (Monaghan and Lattanzio 1985, A&amp;A
 * 149, 135) integrated along the line of sight.
 *
 * <p>With q the distance in units of the radius at which the kernel ends,
 *
 * <pre>
 * W(q) = (8 / pi) (1 - 6 q^2 + 6 q^3)   for q up to 1/2
 *      = (8 / pi) 2 (1 - q)^3           for q up to 1
 * F(p) = 2 int_0^sqrt(1 - p^2) W(sqrt(p^2 + l^2)) dl,    int_0^1 F(p) 2 pi p dp = 1
 * </pre>
 *
 * <p>F is tabulated once at equal steps of p^2 and interpolated linearly, so that a value costs
 * neither a root nor a power.
 */
final class ProjectedSpline {
  /** Steps of p^2 from 0 to 1. */
  static final int STEPS = 8192;

  private static final int POINTS = 48;
  private static final double[] TABLE = table();

  private ProjectedSpline() {}

  /**
   * The projected kernel.
   *
   * @param position p^2 times {@link #STEPS}, at least 0
   * @return F(p), 0 from the kernel's end on
   */
  static double at(double position) {
    if (position >= STEPS) {
      return 0;
    }
    int step = (int) position;
    double low = TABLE[step];
    return low + (position - step) * (TABLE[step + 1] - low);
  }

  private static double[] table() {
    GaussIntegratorFactory rules = new GaussIntegratorFactory();
    double[] table = new double[STEPS + 1];
    for (int i = 0; i < STEPS; i++) {
      double square = (double) i / STEPS;
      double bend = square < 0.25 ? Math.sqrt(0.25 - square) : 0;
      double end = Math.sqrt(1 - square);
      table[i] = 2 * (panel(rules, square, 0, bend) + panel(rules, square, bend, end));
    }
    return table;
  }

  private static double panel(GaussIntegratorFactory rules, double square, double from, double to) {
    if (from == to) {
      return 0;
    }
    GaussIntegrator rule = rules.legendre(POINTS, from, to);
    return rule.integrate(l -> kernel(Math.sqrt(square + l * l)));
  }

  private static double kernel(double q) {
    double value = q < 0.5 ? 1 - 6 * q * q * (1 - q) : 2 * (1 - q) * (1 - q) * (1 - q);
    return 8 / Math.PI * Math.max(0, value);
  }
}
