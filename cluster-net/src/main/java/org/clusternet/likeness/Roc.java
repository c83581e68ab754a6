package org.clusternet.likeness;

import java.util.Arrays;

/**
 * The receiver operating characteristic of a score that is higher for pictures of another kind.
 *
 * @param like scores of images that should pass, ascending
 * @param other scores of pictures that should be caught, ascending
 */
record Roc(double[] like, double[] other) {

  /**
   * Sorts the scores.
   *
   * @throws IllegalArgumentException if there are none of either
   */
  Roc {
    if (like.length == 0 || other.length == 0) {
      throw new IllegalArgumentException(
          "roc: like=" + like.length + " other=" + other.length + "; both are needed");
    }
    like = sorted(like);
    other = sorted(other);
  }

  private static double[] sorted(double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }

  /** Probability that a picture of another kind has the higher score; ties count half. */
  double area() {
    double sum = 0;
    for (double score : other) {
      sum += below(like, score, false) + below(like, score, true);
    }
    return sum / (2.0 * like.length * other.length);
  }

  /** Number of values below a score, or at most as large. */
  private static int below(double[] values, double score, boolean orEqual) {
    int count = 0;
    for (double value : values) {
      count += value < score || (orEqual && value == score) ? 1 : 0;
    }
    return count;
  }

  /** Share of the pictures caught by the threshold that passes all but this share. */
  double caughtAt(double falseAlarms) {
    int allowed = (int) Math.floor(falseAlarms * like.length);
    double threshold = like[like.length - 1 - Math.min(allowed, like.length - 1)];
    return shareAbove(other, threshold);
  }

  /** Share of values above a threshold. */
  static double shareAbove(double[] values, double threshold) {
    return (double) (values.length - below(values, threshold, true)) / values.length;
  }
}
