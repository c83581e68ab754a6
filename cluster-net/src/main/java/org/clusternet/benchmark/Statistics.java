package org.clusternet.benchmark;

import java.util.Arrays;
import java.util.Collection;

/**
 * Median and range of a few figures. Times on a shared machine have outliers on one side, so that
 * the mean says little.
 *
 * @param median the middle figure, or the mean of the middle two
 * @param min the smallest figure
 * @param max the largest figure
 */
public record Statistics(double median, double min, double max) {

  /**
   * Median and range of figures.
   *
   * @throws IllegalArgumentException if there are none, or one is not a number
   */
  public static Statistics of(double... figures) {
    if (figures.length == 0 || Arrays.stream(figures).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException(
          "statistics: figures=" + Arrays.toString(figures) + "; at least one, none NaN");
    }
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    return new Statistics(median, sorted[0], sorted[n - 1]);
  }

  /** Median and range of figures; see {@link #of(double...)}. */
  public static Statistics of(Collection<Double> figures) {
    return of(figures.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
