package org.clusternet.data.simulate;

import org.clusternet.data.random.CounterRandom;

/** Distribution of the masses of simulated clusters. */
public interface MassDistribution {
  /**
   * Draws a mass.
   *
   * @param random random generator
   * @return M500 in solar masses
   */
  double draw(CounterRandom random);
}
