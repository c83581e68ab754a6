package org.clusternet.data.simulate;

import org.clusternet.data.random.CounterRandom;

/**
 * A normal distribution truncated at both ends.
 *
 * @param mode the most probable value, from min to max
 * @param sigma standard deviation before truncation, at least 0
 * @param min smallest value
 * @param max largest value
 */
public record TruncatedNormal(double mode, double sigma, double min, double max) {
  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public TruncatedNormal {
    if (!(min <= mode && mode <= max && sigma >= 0)) {
      throw new IllegalArgumentException(
          "truncated normal: mode=%s sigma=%s min=%s max=%s; need min <= mode <= max, sigma >= 0"
              .formatted(mode, sigma, min, max));
    }
  }

  double draw(CounterRandom random) {
    double value;
    do {
      value = mode + sigma * random.nextGaussian();
    } while (value < min || value > max);
    return value;
  }
}
