package org.clusternet.data.simulate;

import org.clusternet.data.random.CounterRandom;

/** Where the masses of simulated clusters come from. */
public interface MassDistribution {
  /**
   * Draws a mass.
   *
   * @param random where from
   * @return M500 in solar masses
   */
  double draw(CounterRandom random);
}
