package org.clusternet.engine.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * The comparator of all numeric tests. It is strict about NaN: a difference passes only if it is
 * known to be within the tolerance, so NaN on either side, and infinities, fail.
 */
public final class Closeness {
  private Closeness() {}

  /**
   * Asserts {@code |actual - expected| <= absolute + relative * max |expected|} for every element.
   *
   * @throws AssertionError naming the first element that is not close, or differing lengths
   */
  public static void assertClose(
      String what, double[] expected, double[] actual, double relative, double absolute) {
    assertEquals(expected.length, actual.length, what + ": length");
    double scale = 0;
    for (double e : expected) {
      scale = Math.max(scale, Math.abs(e));
    }
    double tolerance = absolute + relative * scale;
    for (int i = 0; i < expected.length; i++) {
      boolean close =
          Double.isFinite(expected[i]) && Math.abs(actual[i] - expected[i]) <= tolerance;
      if (!close) {
        throw new AssertionError(
            "%s: element %d is %.9g, expected %.9g; tolerance %.3g (largest magnitude %.3g)"
                .formatted(what, i, actual[i], expected[i], tolerance, scale));
      }
    }
  }

  /**
   * Asserts {@code ||actual - expected|| <= relative ||expected||} in the Euclidean norm. For types
   * so coarse that a value near the kink of a ReLU may fall on its other side.
   */
  public static void assertNormClose(
      String what, double[] expected, double[] actual, double relative) {
    assertEquals(expected.length, actual.length, what + ": length");
    double error = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      error += (actual[i] - expected[i]) * (actual[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    if (!(Math.sqrt(error) <= relative * Math.sqrt(norm))) {
      throw new AssertionError(
          "%s: error %.4g of norm %.4g; at most %.3g of it is allowed"
              .formatted(what, Math.sqrt(error), Math.sqrt(norm), relative));
    }
  }
}
