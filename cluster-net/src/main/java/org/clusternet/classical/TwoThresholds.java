package org.clusternet.classical;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.clusternet.data.CoreType;

/**
 * Two cuts in one measure: one extreme class below the lower, the other from the upper on, WCC
 * between them. This is how the literature reads concentrations (Santos et al. 2008) and central
 * densities (Hudson et al. 2010).
 *
 * <p>Of all pairs of cuts between neighbouring values, in either direction, the pair of the largest
 * macro F1 over the training images is taken, the first in ascending order where several are equal.
 * With more than {@value #MOST_CUTS} distinct values, as many of them, evenly spaced in rank, are
 * tried.
 *
 * @param lower values below it are {@code low}
 * @param upper values from it on are {@code high}
 * @param low CC or NCC
 * @param high the other
 */
public record TwoThresholds(double lower, double upper, CoreType low, CoreType high) {
  private static final int MOST_CUTS = 1000;
  private static final int CLASSES = CoreType.values().length;

  /**
   * Finds the best cuts.
   *
   * @param values values of the training images, at least one, none NaN
   * @param labels their classes, in the same order
   * @return the cuts
   * @throws IllegalArgumentException if there is no value, one is NaN, or the lengths differ
   */
  public static TwoThresholds fit(double[] values, List<CoreType> labels) {
    if (values.length == 0
        || values.length != labels.size()
        || Arrays.stream(values).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException(
          "two thresholds: values=%d labels=%d; there must be equally many, at least 1, none NaN"
              .formatted(values.length, labels.size()));
    }
    return new Search(values, labels).best();
  }

  /**
   * The class of a value.
   *
   * @param value a value of the measure, not NaN
   * @return the class
   */
  public CoreType predict(double value) {
    if (value < lower) {
      return low;
    }
    return value < upper ? CoreType.WCC : high;
  }

  /** For instance {@code NCC < 0.0251 <= WCC < 0.0755 <= CC}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s < %.4g <= WCC < %.4g <= %s", low, lower, upper, high);
  }

  /** All pairs of cuts. */
  private static final class Search {
    private final double[] cuts;
    private final int[][] below;
    private final int[] total;

    Search(double[] values, List<CoreType> labels) {
      double[] distinct = Arrays.stream(values).sorted().distinct().toArray();
      cuts = cuts(distinct);
      below = new int[cuts.length][CLASSES];
      total = new int[CLASSES];
      for (int i = 0; i < values.length; i++) {
        int type = labels.get(i).index();
        total[type]++;
        for (int c = cuts.length - 1; c >= 0 && values[i] < cuts[c]; c--) {
          below[c][type]++;
        }
      }
    }

    private static double[] cuts(double[] distinct) {
      int between = Math.min(distinct.length - 1, MOST_CUTS);
      double[] cuts = new double[between + 2];
      cuts[0] = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < between; i++) {
        int at = (int) ((long) i * (distinct.length - 1) / between);
        double middle = distinct[at] + (distinct[at + 1] - distinct[at]) / 2;
        cuts[i + 1] = middle > distinct[at] ? middle : distinct[at + 1];
      }
      cuts[between + 1] = Double.POSITIVE_INFINITY;
      return cuts;
    }

    TwoThresholds best() {
      TwoThresholds best = new TwoThresholds(cuts[0], cuts[0], CoreType.NCC, CoreType.CC);
      double most = -1;
      for (int i = 0; i < cuts.length; i++) {
        for (int j = i; j < cuts.length; j++) {
          for (CoreType low : new CoreType[] {CoreType.NCC, CoreType.CC}) {
            CoreType high = low == CoreType.CC ? CoreType.NCC : CoreType.CC;
            double sum = sumOfF1(i, j, low, high);
            if (sum > most) {
              most = sum;
              best = new TwoThresholds(cuts[i], cuts[j], low, high);
            }
          }
        }
      }
      return best;
    }

    private double sumOfF1(int i, int j, CoreType low, CoreType high) {
      int[] all = new int[3];
      for (int type = 0; type < CLASSES; type++) {
        all[0] += below[i][type];
        all[1] += below[j][type] - below[i][type];
        all[2] += total[type] - below[j][type];
      }
      int wcc = CoreType.WCC.index();
      return f1(below[i][low.index()], all[0], total[low.index()])
          + f1(below[j][wcc] - below[i][wcc], all[1], total[wcc])
          + f1(total[high.index()] - below[j][high.index()], all[2], total[high.index()]);
    }

    /** The harmonic mean of right / predicted and right / actual. */
    private static double f1(int right, int predicted, int actual) {
      return right == 0 ? 0 : 2.0 * right / (predicted + actual);
    }
  }
}
