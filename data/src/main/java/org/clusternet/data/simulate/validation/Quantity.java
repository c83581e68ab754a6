package org.clusternet.data.simulate.validation;

import java.util.function.ToDoubleFunction;

/**
 * Quantities compared with a reference sample: the columns of the TNG-Cluster catalogue from Lehle
 * et al. 2024 (A&amp;A 687, A129), and its X-ray peak offset.
 *
 * <p>The catalogue does not say whether its concentrations are measured in projection. They are
 * interpreted here as ratios of luminosities within spheres: on images, no cluster that fades with
 * radius can be below C_phys = (40 / 400)^2 = 0.01, which is the median of the catalogue's non-cool
 * cores, and with the catalogue's own densities and slopes its weak cool cores would need several
 * times a cluster's gas to reach their C_phys of 0.03. What images show is reported beside it.
 */
public enum Quantity {
  /** Central cooling time. */
  COOLING_TIME(
      "t_cool_gyr", "cooling time < 0.012 r500", "Gyr", true, ClusterMeasures::coolingTime),
  /** Central entropy. */
  ENTROPY("entropy_kev_cm2", "entropy < 0.012 r500", "keV cm2", true, ClusterMeasures::entropy),
  /** Logarithm of the central density. */
  LOG_DENSITY(
      "log10_ne_cm3", "log10 density < 0.012 r500", "cm-3", false, ClusterMeasures::logDensity),
  /** Slope of the density. */
  SLOPE("slope", "density slope at 0.04 r500", "", false, ClusterMeasures::slope),
  /** Concentration by physical radii. */
  C_PHYS("c_phys", "light of spheres 40 / 400 kpc", "", false, ClusterMeasures::physical),
  /** Concentration by scaled radii. */
  C_SCALED("c_scaled", "light of spheres 0.15 r500 / r500", "", false, ClusterMeasures::scaled),
  /** Logarithm of the offset of the X-ray peak. */
  LOG_OFFSET(
      "log10_offset_kpc", "log10 X-ray peak offset", "kpc", false, ClusterMeasures::logOffset);

  /** Decimals of the reference, to which simulated values are rounded before they are compared. */
  private static final double DECIMALS = 100;

  private final String column;
  private final String title;
  private final String unit;
  private final boolean byRatio;
  private final ToDoubleFunction<ClusterMeasures> value;

  Quantity(
      String column,
      String title,
      String unit,
      boolean byRatio,
      ToDoubleFunction<ClusterMeasures> value) {
    this.column = column;
    this.title = title;
    this.unit = unit;
    this.byRatio = byRatio;
    this.value = value;
  }

  /**
   * The name in tables.
   *
   * @return lower case, with the unit
   */
  public String column() {
    return column;
  }

  /**
   * The name for readers.
   *
   * @return a short title
   */
  public String title() {
    return title;
  }

  /**
   * The unit, of the argument of a logarithm.
   *
   * @return empty if there is none
   */
  public String unit() {
    return unit;
  }

  /**
   * The value of a cluster, as the reference would state it.
   *
   * @param measures measures of the cluster
   * @return the value rounded to two decimals
   */
  public double of(ClusterMeasures measures) {
    return Math.rint(value.applyAsDouble(measures) * DECIMALS) / DECIMALS;
  }

  /**
   * Whether medians are compared in dex: for times, entropies and logarithmic quantities.
   *
   * @return false if they are compared by their ratio
   */
  public boolean isInDex() {
    return byRatio || isLogarithm();
  }

  private boolean isLogarithm() {
    return this == LOG_DENSITY || this == LOG_OFFSET;
  }

  /**
   * The difference of a median from the reference's.
   *
   * @param simulated the median of simulated clusters
   * @param reference the reference's
   * @return in dex if {@link #isInDex()}, else the ratio less 1
   */
  public double difference(double simulated, double reference) {
    if (isLogarithm()) {
      return simulated - reference;
    }
    return byRatio ? StrictMath.log10(simulated / reference) : simulated / reference - 1;
  }

  /**
   * Largest accepted difference of medians.
   *
   * @return 0.1 dex or 15 %
   */
  public double tolerance() {
    return isInDex() ? 0.1 : 0.15;
  }
}
