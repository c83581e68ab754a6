package org.clusternet.nn.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Comparison of numbers that NaN never passes. */
public final class Expect {
  private Expect() {}

  /** Every {@code |actual - expected| <= relative * max |expected|}. */
  public static void close(String what, double[] expected, double[] actual, double relative) {
    assertEquals(expected.length, actual.length, what + ": length");
    double scale = 0;
    for (double e : expected) {
      scale = Math.max(scale, Math.abs(e));
    }
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(actual[i] - expected[i]);
      assertTrue(
          difference <= relative * scale,
          "%s: element %d is %.10g, expected %.10g, largest %.3g"
              .formatted(what, i, actual[i], expected[i], scale));
    }
  }

  /** Every number is finite. */
  public static void finite(String what, double[] values) {
    for (int i = 0; i < values.length; i++) {
      assertTrue(Double.isFinite(values[i]), what + ": element " + i + " is " + values[i]);
    }
  }
}
