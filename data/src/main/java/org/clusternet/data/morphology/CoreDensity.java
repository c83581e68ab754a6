package org.clusternet.data.morphology;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.clusternet.data.physics.CentralCooling;

/**
 * The density of the gas at the cluster's centre and how steeply it falls, from the deprojected
 * surface brightness around the X-ray peak.
 *
 * <p>The innermost shell is the sphere within 0.012 r500, where the core type is decided too
 * ({@link CentralCooling}); from 0.02 r500 on, shells grow by a factor 2^(1/4), so that 0.04 r500
 * is the middle edge of the six from 0.024 to 0.067 r500. The last shell ends at r500 or where the
 * image does.
 *
 * @param centralDensity n_e within 0.012 r500 in cm^-3 (the root of the mean square); NaN where
 *     that is smaller than a pixel or noise makes the emissivity negative
 * @param cuspiness alpha = -dlog n_e / dlog r at 0.04 r500 (Vikhlinin et al. 2007, in Heating
 *     versus Cooling in Galaxies and Clusters of Galaxies, p. 48), the slope of a least-squares
 *     line through those six shells (for beta models within 0.025 of the true slope at the middle);
 *     NaN with fewer than three of them
 */
public record CoreDensity(double centralDensity, double cuspiness) {
  /** The radius of the cuspiness in units of r500. */
  public static final double CUSP_RADIUS_IN_R500 = 0.04;

  private static final double FIRST_IN_R500 = CUSP_RADIUS_IN_R500 / 2;
  private static final double GROWTH = StrictMath.pow(2, 0.25);
  private static final int HALF_WINDOW = 3;
  private static final int LEAST_SHELLS = 3;

  /**
   * Measures both.
   *
   * @param scaled an image in erg s^-1 cm^-2 at the cluster; in another unit the cuspiness is still
   *     right and the density is off by a factor
   * @param peak the X-ray peak
   * @param r500 r500 in kpc
   * @param kT temperature of the core in keV
   * @return the measures
   */
  public static CoreDensity measure(ScaledImage scaled, Position peak, double r500, double kT) {
    RadialBins bins = RadialBins.measure(scaled, peak, edges(r500, scaled.kpcPerPixel()));
    if (Double.isNaN(bins.brightness()[0])) {
      return new CoreDensity(Double.NaN, Double.NaN);
    }
    Deprojection shells = Deprojection.peel(bins);
    double[] density = shells.electronDensity(kT);
    boolean resolved = CentralCooling.RADIUS_IN_R500 * r500 >= scaled.kpcPerPixel();
    double window = StrictMath.pow(GROWTH, HALF_WINDOW);
    SimpleRegression line = new SimpleRegression();
    for (int i = 1; i < density.length; i++) {
      double radius = bins.radius(i) / (CUSP_RADIUS_IN_R500 * r500);
      if (radius > 1 / window && radius < window && density[i] > 0) {
        line.addData(StrictMath.log(radius), StrictMath.log(density[i]));
      }
    }
    return new CoreDensity(
        resolved ? density[0] : Double.NaN,
        line.getN() >= LEAST_SHELLS ? -line.getSlope() : Double.NaN);
  }

  /** Edges in kpc; one closer than half a pixel to the previous one is omitted. */
  private static double[] edges(double r500, double pixel) {
    List<Double> edges = new ArrayList<>(List.of(0.0));
    add(edges, CentralCooling.RADIUS_IN_R500 * r500, pixel);
    for (int i = 0; ; i++) {
      double radius = FIRST_IN_R500 * StrictMath.pow(GROWTH, i);
      if (radius >= 1) {
        break;
      }
      add(edges, radius * r500, pixel);
    }
    add(edges, r500, pixel);
    return edges.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void add(List<Double> edges, double radius, double pixel) {
    if (radius - edges.get(edges.size() - 1) >= pixel / 2) {
      edges.add(radius);
    }
  }
}
