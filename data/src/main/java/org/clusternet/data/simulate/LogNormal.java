package org.clusternet.data.simulate;

import org.clusternet.data.random.CounterRandom;

/**
 * A log-normal distribution, as astronomers quote it.
 *
 * @param median above 0
 * @param dex standard deviation of the decimal logarithm, at least 0
 */
public record LogNormal(double median, double dex) {
  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public LogNormal {
    if (!(median > 0 && dex >= 0)) {
      throw new IllegalArgumentException(
          "log-normal: median=%s dex=%s; need median above 0 and dex at least 0"
              .formatted(median, dex));
    }
  }

  double draw(CounterRandom random) {
    return median * StrictMath.pow(10, dex * random.nextGaussian());
  }
}
