package org.clusternet.data.simulate;

import java.util.List;
import org.clusternet.data.random.CounterRandom;

/**
 * The masses of a given sample, all equally likely; for comparisons with that sample.
 *
 * @param masses M500 in solar masses, at least one
 */
public record MassSample(List<Double> masses) implements MassDistribution {
  /**
   * Checks and copies the masses.
   *
   * @throws IllegalArgumentException if there is none or one is not positive
   */
  public MassSample {
    masses = List.copyOf(masses);
    if (masses.isEmpty() || masses.stream().anyMatch(m -> !(m > 0))) {
      throw new IllegalArgumentException(
          "mass sample: masses=" + masses + "; need at least one, all above 0");
    }
  }

  @Override
  public double draw(CounterRandom random) {
    return masses.get(random.nextInt(masses.size()));
  }
}
