package org.clusternet.data.simulate;

import org.clusternet.data.random.CounterRandom;

/**
 * A normal distribution with different widths on the two sides of its mode (Fechner's
 * distribution).
 *
 * @param mode the most probable value
 * @param below standard deviation below it, at least 0
 * @param above standard deviation above it, at least 0
 */
public record SplitNormal(double mode, double below, double above) {
  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if a width is negative
   */
  public SplitNormal {
    if (!(below >= 0 && above >= 0) || !Double.isFinite(mode + below + above)) {
      throw new IllegalArgumentException(
          "split normal: mode=%s below=%s above=%s; need finite numbers, widths at least 0"
              .formatted(mode, below, above));
    }
  }

  double draw(CounterRandom random) {
    boolean low = random.nextDouble() * (below + above) < below;
    double size = Math.abs(random.nextGaussian());
    return mode + (low ? -below : above) * size;
  }
}
