package org.clusternet.nn.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.function.Executable;

/** Comparisons of numbers in which NaN always fails. */
public final class Expect {
  private Expect() {}

  /** Asserts that every {@code |actual - expected| <= relative * max |expected|}. */
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

  /** Asserts that every number is finite. */
  public static void finite(String what, double[] values) {
    for (int i = 0; i < values.length; i++) {
      assertTrue(Double.isFinite(values[i]), what + ": element " + i + " is " + values[i]);
    }
  }

  /** Asserts that a call throws an exception of a type, and returns its message. */
  public static String refusal(Class<? extends Exception> type, Executable call) {
    return Objects.requireNonNull(assertThrows(type, call).getMessage());
  }

  /** The value of a key that a map must have. */
  public static <V> V present(Map<String, V> map, String key) {
    V value = map.get(key);
    assertNotNull(value, () -> "key=" + key + "; there are " + map.keySet());
    return value;
  }
}
