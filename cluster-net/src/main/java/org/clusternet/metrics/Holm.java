package org.clusternet.metrics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Correction of p values for the number of tests (Holm 1979, Scandinavian Journal of Statistics 6,
 * 65): the probability that any true hypothesis is rejected stays below the level.
 */
public final class Holm {
  private Holm() {}

  /**
   * Corrects p values.
   *
   * @param p the p value of each test
   * @return the corrected values in the same order, each at least as large and at most 1
   */
  public static double[] adjust(double... p) {
    int[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[p.length];
    double least = 0;
    for (int rank = 0; rank < order.length; rank++) {
      least = Math.max(least, Math.min(1, (p.length - rank) * p[order[rank]]));
      adjusted[order[rank]] = least;
    }
    return adjusted;
  }
}
