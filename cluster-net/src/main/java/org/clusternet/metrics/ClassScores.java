package org.clusternet.metrics;

/**
 * Precision, recall and F1 of one class.
 *
 * <p>A ratio of 0 to 0 counts as 0, as in scikit-learn with {@code zero_division=0}: a class that
 * is never predicted has precision 0, one that does not occur has recall 0.
 *
 * @param precision fraction of the images predicted to be of the class that are
 * @param recall fraction of the images of the class that are predicted to be
 * @param f1 harmonic mean of precision and recall
 */
public record ClassScores(double precision, double recall, double f1) {

  /** The harmonic mean of precision and recall, 0 if both are 0. */
  public static double f1(double precision, double recall) {
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }
}
