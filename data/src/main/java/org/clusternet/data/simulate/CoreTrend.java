package org.clusternet.data.simulate;

import org.clusternet.data.random.CounterRandom;

/**
 * A parameter that depends on the core entropy: at + slope z + bend min(z, 0)^2 plus normal
 * scatter, with z = log10(K0 / 100 keV cm^2), clamped to a range.
 *
 * @param at mean for K0 = 100 keV cm^2
 * @param slope change per dex of K0
 * @param bend change per dex squared, for K0 below 100 keV cm^2 only
 * @param scatter standard deviation, at least 0
 * @param least smallest value
 * @param most largest value
 */
public record CoreTrend(
    double at, double slope, double bend, double scatter, double least, double most) {
  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if the scatter is negative or {@code least} exceeds {@code
   *     most}
   */
  public CoreTrend {
    if (!(scatter >= 0 && least <= most) || !Double.isFinite(at + slope + bend)) {
      throw new IllegalArgumentException(
          "core trend: at=%s slope=%s bend=%s scatter=%s least=%s most=%s; need scatter at least 0, least <= most"
              .formatted(at, slope, bend, scatter, least, most));
    }
  }

  /**
   * A linear trend.
   *
   * @param at mean for K0 = 100 keV cm^2
   * @param slope change per dex of K0
   * @param scatter standard deviation
   * @param least smallest value
   * @param most largest value
   * @return the trend
   */
  public static CoreTrend of(double at, double slope, double scatter, double least, double most) {
    return new CoreTrend(at, slope, 0, scatter, least, most);
  }

  /**
   * A parameter with the same value for all clusters.
   *
   * @param value its value
   * @return the trend
   */
  public static CoreTrend constant(double value) {
    return new CoreTrend(value, 0, 0, 0, value, value);
  }

  double draw(double z, CounterRandom random) {
    double cool = Math.min(z, 0);
    double value = at + slope * z + bend * cool * cool + scatter * random.nextGaussian();
    return Math.max(least, Math.min(most, value));
  }
}
