package org.clusternet.engine.check;

import java.util.Locale;
import java.util.Optional;

/**
 * The comparator of all numeric checks. It is strict about NaN: a difference passes only if it is
 * known to be within the tolerance, so NaN on either side, and infinities, fail.
 */
public final class Closeness {
  private Closeness() {}

  /**
   * Holds {@code |actual - expected| <= absolute + relative * max |expected|} for every element.
   *
   * @return what is wrong: the first element that is not close, or differing lengths; empty if all
   *     is well
   */
  public static Optional<String> difference(
      double[] expected, double[] actual, double relative, double absolute) {
    if (expected.length != actual.length) {
      return lengths(expected, actual);
    }
    double scale = 0;
    for (double e : expected) {
      scale = Math.max(scale, Math.abs(e));
    }
    double tolerance = absolute + relative * scale;
    for (int i = 0; i < expected.length; i++) {
      boolean close =
          Double.isFinite(expected[i]) && Math.abs(actual[i] - expected[i]) <= tolerance;
      if (!close) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "element %d is %.9g, expected %.9g; tolerance %.3g (largest magnitude %.3g)",
                i,
                actual[i],
                expected[i],
                tolerance,
                scale));
      }
    }
    return Optional.empty();
  }

  /**
   * Holds {@code ||actual - expected|| <= relative ||expected||} in the Euclidean norm. For types
   * so coarse that a value near the kink of a ReLU may fall on its other side.
   *
   * @return what is wrong; empty if all is well
   */
  public static Optional<String> normDifference(
      double[] expected, double[] actual, double relative) {
    if (expected.length != actual.length) {
      return lengths(expected, actual);
    }
    double error = distance(expected, actual);
    double norm = norm(expected);
    if (error <= relative * norm) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "error %.4g of norm %.4g; at most %.3g of it is allowed",
            error,
            norm,
            relative));
  }

  /**
   * {@code ||actual - expected|| / ||expected||} in the Euclidean norm, of equally many numbers.
   */
  public static double relativeError(double[] expected, double[] actual) {
    return distance(expected, actual) / norm(expected);
  }

  private static double distance(double[] expected, double[] actual) {
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      sum += (actual[i] - expected[i]) * (actual[i] - expected[i]);
    }
    return Math.sqrt(sum);
  }

  private static double norm(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  /**
   * Holds that all elements have the same bits.
   *
   * @return the first that has not, or differing lengths; empty if all is well
   */
  public static Optional<String> bitDifference(double[] first, double[] second) {
    if (first.length != second.length) {
      return lengths(first, second);
    }
    for (int i = 0; i < first.length; i++) {
      if (Double.doubleToRawLongBits(first[i]) != Double.doubleToRawLongBits(second[i])) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "element %d is %.17g in one run, %.17g in another",
                i,
                first[i],
                second[i]));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> lengths(double[] expected, double[] actual) {
    return Optional.of("length=" + actual.length + ", expected " + expected.length);
  }
}
