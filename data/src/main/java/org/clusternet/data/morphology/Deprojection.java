package org.clusternet.data.morphology;

import java.util.Arrays;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.clusternet.data.physics.Plasma;
import org.clusternet.data.physics.Units;

/**
 * Onion peeling: derives the emissivity in spherical shells from the surface brightness in rings of
 * the same radii (Fabian et al. 1981, ApJ 248, 47; Kriss, Cioffi and Canizares 1983, ApJ 272, 439).
 *
 * <p>The light of a ring is that of all shells that its line of sight crosses, weighted by the
 * volume that they share with it; from the outermost ring inwards one shell after the other is
 * solved for and taken off. Uniform shells would make the density of a real, falling profile wrong
 * by some per cent, so the emissivity falls within each shell by the power law through its two
 * neighbours (held within r^0 to r^-8), found by peeling {@value #PASSES} times; the innermost
 * shell, a sphere, stays uniform. Emission from beyond the last ring continues as r^-s, s being one
 * more than the slope of the outer {@value #TAIL_RINGS} rings, held within 3 to 8.
 *
 * @param edges radii of the shells in kpc, ascending from 0
 * @param emissivity emissivity of each shell in the unit of the surface brightness per cm (erg s^-1
 *     cm^-3 for an image in erg s^-1 cm^-2), at the geometric mean of its edges, the mean for the
 *     innermost; may be negative because of noise
 */
public record Deprojection(double[] edges, double[] emissivity) {
  private static final int PASSES = 4;
  private static final int TAIL_RINGS = 4;
  private static final double TAIL_LEAST = 3;
  private static final double MOST = 8;
  private static final double TAIL_DEFAULT = 5;
  private static final GaussIntegratorFactory RULES = new GaussIntegratorFactory();
  private static final int SHELL_POINTS = 10;
  private static final int TAIL_POINTS = 40;

  /**
   * Peels a profile.
   *
   * @param bins the surface brightness, from radius 0; rings from the first unobserved one on are
   *     left out
   * @return as many shells as there are observed rings
   * @throws IllegalArgumentException if the first ring is not a disc or was not observed
   */
  public static Deprojection peel(RadialBins bins) {
    int n = 0;
    while (n < bins.size() && Double.isFinite(bins.brightness()[n])) {
      n++;
    }
    if (n == 0 || bins.edges()[0] != 0) {
      throw new IllegalArgumentException(
          "deprojection: first edge="
              + bins.edges()[0]
              + " kpc, observed rings="
              + n
              + "; rings must begin at radius 0, and the first must be observed");
    }
    double[] tail = tail(bins, n);
    double[] slopes = new double[n];
    double[] emissivity = solve(bins, slopes, tail);
    for (int pass = 1; pass < PASSES; pass++) {
      emissivity = solve(bins, slopes(bins, emissivity), tail);
    }
    for (int i = 0; i < n; i++) {
      emissivity[i] /= Units.KPC_CM;
    }
    return new Deprojection(Arrays.copyOf(bins.edges(), n + 1), emissivity);
  }

  private static double[] solve(RadialBins bins, double[] slopes, double[] tail) {
    int n = slopes.length;
    double[] emissivity = new double[n];
    for (int ring = n - 1; ring >= 0; ring--) {
      double light = bins.brightness()[ring] * bins.area(ring);
      for (int shell = ring + 1; shell < n; shell++) {
        light -= emissivity[shell] * volume(bins, shell, ring, slopes[shell]);
      }
      double own = volume(bins, ring, ring, slopes[ring]);
      if (ring == n - 1) {
        own += tail[ring];
      } else {
        light -= emissivity[n - 1] * tail[ring];
      }
      emissivity[ring] = light / own;
    }
    return emissivity;
  }

  /** The slope of each shell from its neighbours; 0 for the sphere and where noise forbids it. */
  private static double[] slopes(RadialBins bins, double[] emissivity) {
    double[] slopes = new double[emissivity.length];
    for (int i = 1; i < slopes.length; i++) {
      int outer = Math.min(i + 1, slopes.length - 1);
      if (emissivity[i - 1] > 0 && emissivity[outer] > 0) {
        double fall = StrictMath.log(emissivity[i - 1] / emissivity[outer]);
        double step = StrictMath.log(bins.radius(outer) / bins.radius(i - 1));
        slopes[i] = Math.max(0, Math.min(MOST, fall / step));
      }
    }
    return slopes;
  }

  /**
   * The volume of a shell that is seen through a ring in kpc^3, weighted by (r / radius)^-slope:
   * the integral over r of the sphere's area within the ring. With r = inner + (outer - inner) v^2
   * the integrand is smooth at the inner edge, where lines of sight begin to cross the shell.
   */
  private static double volume(RadialBins bins, int shell, int ring, double slope) {
    double first = bins.edges()[shell];
    double last = bins.edges()[shell + 1];
    if (slope == 0) {
      return 4
          * Math.PI
          / 3
          * (cap(last, bins.edges()[ring])
              - cap(last, bins.edges()[ring + 1])
              - cap(first, bins.edges()[ring])
              + cap(first, bins.edges()[ring + 1]));
    }
    GaussIntegrator rule = RULES.legendre(SHELL_POINTS, 0, 1);
    return rule.integrate(
        v -> {
          double r = first + (last - first) * v * v;
          double fall = StrictMath.pow(r / bins.radius(shell), -slope);
          return fall * surface(bins, ring, r) * 2 * v * (last - first);
        });
  }

  /** (r^2 - R^2)^(3/2), 0 where R is the larger. */
  private static double cap(double r, double projected) {
    double square = Math.max(0, r * r - projected * projected);
    return square * Math.sqrt(square);
  }

  /** The area of a sphere of radius r that is seen through a ring, front and back. */
  private static double surface(RadialBins bins, int ring, double r) {
    double inner = bins.edges()[ring] * bins.edges()[ring];
    double outer = bins.edges()[ring + 1] * bins.edges()[ring + 1];
    double far = Math.sqrt(Math.max(0, r * r - inner));
    return 4 * Math.PI * r * (far - Math.sqrt(Math.max(0, r * r - outer)));
  }

  /**
   * What the gas beyond the last edge adds to every ring, for an emissivity of 1 in the last shell,
   * as the integral over r = last / (1 - v^2).
   */
  private static double[] tail(RadialBins bins, int n) {
    double slope = tailSlope(bins, n);
    double pivot = bins.radius(n - 1);
    double last = bins.edges()[n];
    GaussIntegrator rule = RULES.legendre(TAIL_POINTS, 0, 1);
    double[] volumes = new double[n];
    for (int i = 0; i < n; i++) {
      int ring = i;
      volumes[i] =
          rule.integrate(
              v -> {
                double shrink = 1 - v * v;
                double r = last / shrink;
                double fall = StrictMath.pow(r / pivot, -slope);
                return fall * surface(bins, ring, r) * 2 * v * last / (shrink * shrink);
              });
    }
    return volumes;
  }

  private static double tailSlope(RadialBins bins, int n) {
    SimpleRegression fit = new SimpleRegression();
    for (int i = Math.max(1, n - TAIL_RINGS); i < n; i++) {
      if (bins.brightness()[i] > 0) {
        fit.addData(StrictMath.log(bins.radius(i)), StrictMath.log(bins.brightness()[i]));
      }
    }
    if (fit.getN() < 2) {
      return TAIL_DEFAULT;
    }
    return Math.max(TAIL_LEAST, Math.min(MOST, 1 - fit.getSlope()));
  }

  /**
   * The electron density of every shell, of gas at one temperature.
   *
   * @param kT in keV, positive; the density depends on it by Lambda^(-1/2) alone
   * @return n_e = (1.2 e / Lambda)^(1/2) in cm^-3, NaN where the emissivity is not positive
   */
  public double[] electronDensity(double kT) {
    double lambda = Plasma.coolingFunction(kT);
    return Arrays.stream(emissivity)
        .map(e -> e > 0 ? Math.sqrt(e * Plasma.ELECTRONS_PER_HYDROGEN / lambda) : Double.NaN)
        .toArray();
  }
}
