package org.clusternet.data.accept;

import java.util.List;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.analysis.interpolation.SplineInterpolator;
import org.apache.commons.math3.analysis.polynomials.PolynomialSplineFunction;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.clusternet.data.physics.Units;
import org.clusternet.data.projection.RadialProfile;

/**
 * The emission beyond the last measured shell: a beta model (Cavaliere and Fusco-Femiano 1976,
 * A&amp;A 49, 137) that extends to infinity,
 *
 * <pre>e(r) = e_L ((rc^2 + r^2) / (rc^2 + r_L^2))^(-3 beta),  r &gt; r_L</pre>
 *
 * <p>joined to a power law of slope s fitted in log-log to the shells beyond r_L / 2 (at least
 * five, all where there are fewer): e_L is the fit's value at r_L, and beta and rc are such that
 * the slope at r_L is s. One parameter is left free: beta = 2/3, the canonical value (emissivity
 * falling as r^-4 far out), with rc = r_L sqrt(4/s - 1). Where the fit is steeper (s above 4), rc =
 * 0 and beta = s/6, up to beta = 1; where it is so shallow that rc would exceed both r_L and 200
 * kpc (the larger of the two typical core radii of Ota and Mitsuda 2004, A&amp;A 428, 757), rc is
 * the larger of these. Many nearby clusters fill Chandra's field with their cores: a bare power law
 * would continue the core's slope.
 *
 * <p>Projection: with A^2 = rc^2 + R^2 and l_0 where the line of sight crosses r_L, the integral of
 * (A^2 + l^2)^-p over l from l_0 to infinity is (phi/A)^(2p-1) G(phi), phi = atan(A / l_0), G(phi)
 * = phi^(1-2p) int_0^phi sin^(2p-2). G is smooth from 1/(2p-1) at 0, so a spline of it, made once
 * by quadrature, serves every pixel without cancellation, R = 0 and rc = 0 included.
 */
final class BetaTail implements RadialProfile {
  /** Emissivity falls as r^-4 for beta = 2/3. */
  private static final double CANONICAL = 4;

  private static final double STEEPEST = 6;
  private static final double CORE_LIMIT = 200;
  private static final int FITTED = 5;
  private static final int KNOTS = 64;

  private final double edge;
  private final double core;
  private final double power;
  private final double atEdge;
  private final PolynomialSplineFunction angular;

  private BetaTail(double edge, double core, double power, double atEdge) {
    this.edge = edge;
    this.core = core;
    this.power = power;
    this.atEdge = atEdge;
    this.angular = angular(power);
  }

  /**
   * Fits the tail of a profile.
   *
   * @param shells by increasing radius, at least two
   * @return the tail beyond the last one
   */
  static BetaTail fit(List<AcceptShell> shells) {
    double edge = shells.get(shells.size() - 1).outer();
    int first = shells.size() - 1;
    while (first > 0
        && (shells.get(first - 1).middle() > edge / 2 || shells.size() - first < FITTED)) {
      first--;
    }
    SimpleRegression line = new SimpleRegression();
    for (AcceptShell shell : shells.subList(first, shells.size())) {
      line.addData(StrictMath.log(shell.middle() / edge), StrictMath.log(shell.emissivity()));
    }
    double slope = Math.min(-line.getSlope(), STEEPEST);
    double core = 0;
    if (slope < CANONICAL) {
      double limit = Math.max(edge, CORE_LIMIT);
      core = slope > 0 ? Math.min(limit, edge * Math.sqrt(CANONICAL / slope - 1)) : limit;
    }
    double power = Math.max(slope, CANONICAL) / 2;
    return new BetaTail(edge, core, power, StrictMath.exp(line.getIntercept()));
  }

  /**
   * The emissivity.
   *
   * @param radius in kpc, at least the last shell's outer radius
   * @return in erg s^-1 cm^-3
   */
  double emissivity(double radius) {
    double ratio = (core * core + radius * radius) / (core * core + edge * edge);
    return atEdge * StrictMath.pow(ratio, -power);
  }

  @Override
  public double at(double radius) {
    double start = Math.sqrt(Math.max(0, edge * edge - radius * radius));
    double a = Math.sqrt(core * core + radius * radius);
    double phi = StrictMath.atan2(a, start);
    double perLength = a > 0 ? phi / a : 1 / start;
    double scale = StrictMath.pow((core * core + edge * edge) * perLength * perLength, power);
    double integral = scale / perLength * angular.value(Math.min(phi, Math.PI / 2));
    return 2 * atEdge * integral * Units.KPC_CM;
  }

  private static PolynomialSplineFunction angular(double power) {
    double q = 2 * power - 2;
    double[] knots = new double[KNOTS + 1];
    double[] values = new double[KNOTS + 1];
    GaussIntegratorFactory rules = new GaussIntegratorFactory();
    values[0] = 1 / (q + 1);
    for (int i = 1; i <= KNOTS; i++) {
      double phi = Math.PI / 2 * i / KNOTS;
      knots[i] = phi;
      // With phi' = phi t the integrand is smooth in t even where q is no integer.
      GaussIntegrator rule = rules.legendre(32, 0, 1);
      values[i] =
          rule.integrate(
              t -> StrictMath.pow(t, q) * StrictMath.pow(StrictMath.sin(phi * t) / (phi * t), q));
    }
    return new SplineInterpolator().interpolate(knots, values);
  }
}
