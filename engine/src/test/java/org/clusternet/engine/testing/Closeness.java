package org.clusternet.engine.testing;

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
    if (expected.length != actual.length) {
      throw new AssertionError(
          what + ": length=" + actual.length + ", expected " + expected.length);
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
        throw new AssertionError(
            "%s: element %d is %.9g, expected %.9g; tolerance %.3g (largest magnitude %.3g)"
                .formatted(what, i, actual[i], expected[i], tolerance, scale));
      }
    }
  }
}
