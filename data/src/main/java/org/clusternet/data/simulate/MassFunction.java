package org.clusternet.data.simulate;

import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.clusternet.data.random.CounterRandom;

/**
 * The mass function of clusters: n(&gt;M) proportional to exp(-M/M*) / M (Bahcall and Cen 1993, ApJ
 * 407, L49), between two masses.
 *
 * <p>Their M* of 1.8e14 h^-1 solar masses belongs to masses within 1.5 h^-1 Mpc; it is taken over
 * for M500 as it is. The absolute abundance is not used.
 *
 * @param min smallest M500 in solar masses, above 0
 * @param max largest M500 in solar masses, above min
 * @param knee M* in solar masses, above 0
 */
public record MassFunction(double min, double max, double knee) implements MassDistribution {
  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if they are not in order
   */
  public MassFunction {
    if (!(min > 0 && max > min && knee > 0) || Double.isInfinite(max)) {
      throw new IllegalArgumentException(
          "mass function: min=%s max=%s knee=%s; need 0 < min < max and knee above 0"
              .formatted(min, max, knee));
    }
  }

  /**
   * The fraction of clusters above a mass.
   *
   * @param mass M500 in solar masses, from min to max
   * @return from 1 at min to 0 at max
   */
  public double shareAbove(double mass) {
    return (tail(mass) - tail(max)) / (tail(min) - tail(max));
  }

  private double tail(double mass) {
    return StrictMath.exp((min - mass) / knee) * min / mass;
  }

  @Override
  public double draw(CounterRandom random) {
    double share = random.nextDouble();
    return new BrentSolver(1e-12).solve(200, mass -> shareAbove(mass * min) - share, 1, max / min)
        * min;
  }
}
