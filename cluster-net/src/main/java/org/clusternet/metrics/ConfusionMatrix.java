package org.clusternet.metrics;

import java.util.Arrays;
import java.util.List;
import org.clusternet.data.CoreType;

/**
 * Counts of labels and predictions, from which every score here follows.
 *
 * <p>Rows are labels, columns are predictions, both in the order CC, WCC, NCC. Scores are defined
 * as in scikit-learn, with all three classes named and {@code zero_division=0}; the mean over
 * classes in {@link #macroF1} includes a class that does not occur. Immutable.
 */
public final class ConfusionMatrix {
  private static final int CLASSES = CoreType.values().length;

  private final int[][] counts;

  private ConfusionMatrix(int[][] counts) {
    this.counts = counts;
  }

  /**
   * A matrix from its counts.
   *
   * @param counts three rows (labels) of three columns (predictions), none negative
   * @throws IllegalArgumentException if it is not such a table
   */
  public static ConfusionMatrix of(int[][] counts) {
    int[][] copy = new int[counts.length][];
    for (int row = 0; row < counts.length; row++) {
      copy[row] = counts[row].clone();
      if (copy[row].length != CLASSES || Arrays.stream(copy[row]).anyMatch(n -> n < 0)) {
        throw wrong(counts);
      }
    }
    if (copy.length != CLASSES) {
      throw wrong(counts);
    }
    return new ConfusionMatrix(copy);
  }

  private static IllegalArgumentException wrong(int[][] counts) {
    return new IllegalArgumentException(
        "confusion matrix: counts="
            + Arrays.deepToString(counts)
            + "; 3 rows of 3 counts, none negative, are needed");
  }

  /**
   * The matrix of a list of predictions.
   *
   * @param labels the true classes
   * @param predictions the predicted classes, in the same order
   * @throws IllegalArgumentException if the lists differ in length
   */
  public static ConfusionMatrix of(List<CoreType> labels, List<CoreType> predictions) {
    if (labels.size() != predictions.size()) {
      throw new IllegalArgumentException(
          "confusion matrix: labels="
              + labels.size()
              + " predictions="
              + predictions.size()
              + "; there must be one prediction per label");
    }
    int[][] counts = new int[CLASSES][CLASSES];
    for (int i = 0; i < labels.size(); i++) {
      counts[labels.get(i).index()][predictions.get(i).index()]++;
    }
    return new ConfusionMatrix(counts);
  }

  /** The matrix of a classifier that predicts {@code always} for every image of this matrix. */
  public ConfusionMatrix constant(CoreType always) {
    int[][] other = new int[CLASSES][CLASSES];
    for (CoreType label : CoreType.values()) {
      other[label.index()][always.index()] = support(label);
    }
    return new ConfusionMatrix(other);
  }

  /** Number of images of class {@code label} predicted as {@code prediction}. */
  public int count(CoreType label, CoreType prediction) {
    return counts[label.index()][prediction.index()];
  }

  /** A copy of the table, rows labels, columns predictions. */
  public int[][] counts() {
    return Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
  }

  /** Number of all images. */
  public int total() {
    return Arrays.stream(counts).flatMapToInt(Arrays::stream).sum();
  }

  /** Number of images of class {@code label}. */
  public int support(CoreType label) {
    return Arrays.stream(counts[label.index()]).sum();
  }

  /** Number of images predicted as {@code prediction}. */
  public int predicted(CoreType prediction) {
    return Arrays.stream(counts).mapToInt(row -> row[prediction.index()]).sum();
  }

  /** Fraction of the images of {@code label} predicted as {@code prediction}; 0 for none. */
  public double rowShare(CoreType label, CoreType prediction) {
    return ratio(count(label, prediction), support(label));
  }

  /** Precision, recall and F1 of a class. */
  public ClassScores scores(CoreType type) {
    double precision = ratio(count(type, type), predicted(type));
    double recall = ratio(count(type, type), support(type));
    return new ClassScores(precision, recall, ClassScores.f1(precision, recall));
  }

  /** The mean of the F1 of all three classes, the paper's headline figure. */
  public double macroF1() {
    return Arrays.stream(CoreType.values()).mapToDouble(t -> scores(t).f1()).average().orElse(0);
  }

  /** Fraction of all images predicted correctly; 0 if there are none. */
  public double accuracy() {
    int right = 0;
    for (CoreType type : CoreType.values()) {
      right += count(type, type);
    }
    return ratio(right, total());
  }

  /** The mean recall of the classes that occur; 0 if there are none. */
  public double balancedAccuracy() {
    return Arrays.stream(CoreType.values())
        .filter(t -> support(t) > 0)
        .mapToDouble(t -> scores(t).recall())
        .average()
        .orElse(0);
  }

  private static double ratio(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix matrix && Arrays.deepEquals(counts, matrix.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(counts);
  }

  /** For instance {@code [[5, 1, 0], [2, 9, 1], [0, 1, 4]]}. */
  @Override
  public String toString() {
    return Arrays.deepToString(counts);
  }
}
