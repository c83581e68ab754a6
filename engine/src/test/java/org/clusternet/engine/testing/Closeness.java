package org.clusternet.engine.testing;

/** {@link org.clusternet.engine.check.Closeness} as assertions. */
public final class Closeness {
  private Closeness() {}

  /**
   * Asserts {@code |actual - expected| <= absolute + relative * max |expected|} for every element.
   *
   * @throws AssertionError naming the first element that is not close, or differing lengths
   */
  public static void assertClose(
      String what, double[] expected, double[] actual, double relative, double absolute) {
    org.clusternet.engine.check.Closeness.difference(expected, actual, relative, absolute)
        .ifPresent(difference -> fail(what, difference));
  }

  /**
   * Asserts {@code ||actual - expected|| <= relative ||expected||} in the Euclidean norm. For types
   * so coarse that a value near the kink of a ReLU may fall on its other side.
   */
  public static void assertNormClose(
      String what, double[] expected, double[] actual, double relative) {
    org.clusternet.engine.check.Closeness.normDifference(expected, actual, relative)
        .ifPresent(difference -> fail(what, difference));
  }

  private static void fail(String what, String difference) {
    throw new AssertionError(what + ": " + difference);
  }
}
