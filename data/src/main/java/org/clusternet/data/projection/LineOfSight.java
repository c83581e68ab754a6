package org.clusternet.data.projection;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.analysis.interpolation.SplineInterpolator;
import org.apache.commons.math3.analysis.polynomials.PolynomialFunction;
import org.apache.commons.math3.util.Pair;
import org.clusternet.data.physics.Units;

/**
 * The projection of a spherical emissivity along the line of sight, S(R) = 2 int_0^inf e(sqrt(R^2 +
 * l^2)) dl, tabulated once so that a pixel costs a few multiplications.
 *
 * <p>The integral runs over l = s sinh(t), s = R + core, to {@value #FAR} kpc, by Gauss-Legendre
 * rules of {@value #POINTS} points on panels of equal t; inside the core a further panel border
 * lies where the line of sight leaves it. The table is a cubic spline (Commons Math) with knots
 * equally spaced in R^(1/4): power laws are as smooth in it as in log R, R = 0 needs no special
 * treatment, and the interval of a pixel follows from square roots alone.
 */
public final class LineOfSight implements RadialProfile {
  private static final double FAR = 1e6;
  private static final int POINTS = 12;
  private static final int PANELS = 4;
  private static final int KNOTS = 192;

  /** Knots beyond the largest radius: a natural spline is inaccurate at its end. */
  private static final int MARGIN = 8;

  private final double maxRadius;
  private final double perStep;
  private final double[] coefficients;

  /**
   * Projects an emissivity.
   *
   * @param emissivity e(r) in erg s^-1 cm^-3 of the radius in kpc; constant within the core, smooth
   *     outside, and falling faster than 1/r^2 far out
   * @param core core radius in kpc, positive
   * @param maxRadius the largest projected radius that will be asked for, in kpc
   * @throws IllegalArgumentException if the core or the largest radius is not positive
   */
  public LineOfSight(DoubleUnaryOperator emissivity, double core, double maxRadius) {
    if (!(core > 0 && maxRadius > 0) || !(maxRadius <= FAR / 10)) {
      throw new IllegalArgumentException(
          "line of sight: core=%s kpc, largest radius=%s kpc; need both above 0, at most %s kpc"
              .formatted(core, maxRadius, FAR / 10));
    }
    this.maxRadius = maxRadius;
    perStep = (KNOTS - MARGIN) / Math.sqrt(Math.sqrt(maxRadius));
    double[] knots = new double[KNOTS + 1];
    double[] values = new double[KNOTS + 1];
    Quadrature rule = new Quadrature();
    for (int i = 0; i <= KNOTS; i++) {
      knots[i] = i;
      double root = i / perStep;
      values[i] = rule.project(emissivity, core, root * root * root * root);
    }
    coefficients = coefficients(knots, values);
  }

  @Override
  public double at(double radius) {
    if (!(radius >= 0 && radius <= maxRadius)) {
      throw new IllegalArgumentException(
          "line of sight: radius=" + radius + " kpc is outside 0 to " + maxRadius + " kpc");
    }
    double position = Math.sqrt(Math.sqrt(radius)) * perStep;
    int interval = (int) position;
    double x = position - interval;
    int c = 4 * interval;
    return coefficients[c]
        + x * (coefficients[c + 1] + x * (coefficients[c + 2] + x * coefficients[c + 3]));
  }

  private static double[] coefficients(double[] knots, double[] values) {
    PolynomialFunction[] pieces =
        new SplineInterpolator().interpolate(knots, values).getPolynomials();
    double[] flat = new double[4 * pieces.length];
    for (int i = 0; i < pieces.length; i++) {
      double[] c = pieces[i].getCoefficients();
      System.arraycopy(c, 0, flat, 4 * i, c.length);
    }
    return flat;
  }

  /** The line-of-sight integral at one radius. */
  private static final class Quadrature {
    private final double[] points;
    private final double[] weights;

    Quadrature() {
      Pair<double[], double[]> unit = rule();
      points = unit.getFirst();
      weights = unit.getSecond();
    }

    private static Pair<double[], double[]> rule() {
      var integrator = new GaussIntegratorFactory().legendre(POINTS, 0, 1);
      double[] points = new double[POINTS];
      double[] weights = new double[POINTS];
      Arrays.setAll(points, integrator::getPoint);
      Arrays.setAll(weights, integrator::getWeight);
      return new Pair<>(points, weights);
    }

    double project(DoubleUnaryOperator emissivity, double core, double radius) {
      double inside = radius < core ? Math.sqrt(core * core - radius * radius) : 0;
      double sum = inside * emissivity.applyAsDouble(0);
      double scale = radius + core;
      double start = asinh(inside / scale);
      double panel = (asinh(FAR / scale) - start) / PANELS;
      for (int p = 0; p < PANELS; p++) {
        for (int i = 0; i < POINTS; i++) {
          double e = StrictMath.exp(start + panel * (p + points[i]));
          double l = scale * (e - 1 / e) / 2;
          double slope = scale * (e + 1 / e) / 2;
          double r = Math.sqrt(radius * radius + l * l);
          sum += weights[i] * panel * slope * emissivity.applyAsDouble(r);
        }
      }
      return 2 * sum * Units.KPC_CM;
    }

    private static double asinh(double x) {
      return StrictMath.log(x + Math.sqrt(x * x + 1));
    }
  }
}
