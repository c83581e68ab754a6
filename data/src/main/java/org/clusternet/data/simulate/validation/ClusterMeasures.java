package org.clusternet.data.simulate.validation;

import org.clusternet.data.CoreType;
import org.clusternet.data.image.Image;
import org.clusternet.data.morphology.Concentration;
import org.clusternet.data.morphology.CoreDensity;
import org.clusternet.data.morphology.Position;
import org.clusternet.data.morphology.ScaledImage;
import org.clusternet.data.morphology.XrayCentre;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.simulate.SimulatedCluster;
import org.clusternet.data.simulate.gas.CentralState;
import org.clusternet.data.simulate.gas.Enclosed;
import org.clusternet.data.simulate.gas.FieldImage;
import org.clusternet.data.simulate.gas.NestedGrid;

/**
 * Measures of a cluster, on its gas in three dimensions and on its image along x.
 *
 * @param type the core type
 * @param coolingTime in Gyr, within 0.012 r500
 * @param entropy in keV cm^2, within 0.012 r500
 * @param logDensity log10 of n_e in cm^-3, within 0.012 r500
 * @param slope alpha = -dlog n_e / dlog r at 0.04 r500
 * @param physical luminosity within the sphere of 40 kpc over that within 400 kpc
 * @param scaled luminosity within the sphere of 0.15 r500 over that within r500
 * @param logOffset log10 of the distance in kpc of the X-ray peak from the potential minimum
 * @param imagePhysical flux within the circle of 40 kpc over that within 400 kpc, around the peak
 * @param imageScaled flux within the circle of 0.15 r500 over that within r500, around the peak
 */
public record ClusterMeasures(
    CoreType type,
    double coolingTime,
    double entropy,
    double logDensity,
    double slope,
    double physical,
    double scaled,
    double logOffset,
    double imagePhysical,
    double imageScaled) {
  private static final SkyGrid SKY = new SkyGrid(1024, 4);
  private static final int CELLS = 64;

  /** Smallest offset in kpc that can be distinguished from none. */
  private static final double LEAST_OFFSET = 0.05;

  /**
   * Measures a simulated cluster.
   *
   * @param cluster the cluster
   * @return the measures
   */
  public static ClusterMeasures of(SimulatedCluster cluster) {
    NestedGrid samples = NestedGrid.sample(cluster.field(), SKY.size(), SKY.pixel(), CELLS);
    double r500 = cluster.r500();
    Enclosed light = new Enclosed(cluster.field(), samples.sums());
    Image image = FieldImage.along(cluster.field(), samples, SKY, 0);
    ScaledImage scaled = new ScaledImage(image, SKY.pixel());
    Position peak = XrayCentre.peak(scaled, XrayCentre.SMOOTHING_KPC, r500);
    CentralState centre = cluster.centre();
    return new ClusterMeasures(
        cluster.coreType(),
        centre.coolingTime(),
        centre.entropy(),
        StrictMath.log10(centre.density()),
        samples.sums().densitySlope(CoreDensity.CUSP_RADIUS_IN_R500 * r500),
        light.ratio(Concentration.INNER_KPC, Concentration.OUTER_KPC),
        light.ratio(Concentration.INNER_R500 * r500, r500),
        StrictMath.log10(Math.max(LEAST_OFFSET, scaled.distance(peak, scaled.centre()))),
        Concentration.physical(scaled, peak),
        Concentration.scaled(scaled, peak, r500));
  }

  /**
   * All measures, in the order of the components.
   *
   * @return nine values
   */
  public double[] values() {
    return new double[] {
      coolingTime,
      entropy,
      logDensity,
      slope,
      physical,
      scaled,
      logOffset,
      imagePhysical,
      imageScaled
    };
  }
}
