package org.clusternet.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.clusternet.kernels.emulator.LaunchReport;

/** What the tests of kernels assert alike. */
final class Checks {
  static final int[] BLOCKS = {32, 64, 96, 256, 1024};

  private Checks() {}

  /** Half a unit in the last place of 1: what rounding to the type costs, twice. */
  static double tolerance(Element element) {
    return element == Element.BF16 ? 1.0 / 256 : 2e-6;
  }

  /** Every number within {@code relative} of the largest expected, or NaN where NaN is expected. */
  static void assertClose(String what, double[] expected, double[] actual, double relative) {
    assertEquals(expected.length, actual.length, what);
    double scale = 0;
    for (double e : expected) {
      scale = Double.isNaN(e) ? scale : Math.max(scale, Math.abs(e));
    }
    for (int i = 0; i < expected.length; i++) {
      boolean close =
          Double.isNaN(expected[i])
              ? Double.isNaN(actual[i])
              : Math.abs(expected[i] - actual[i]) <= relative * scale;
      assertTrue(close, what + ": element " + i + " is " + actual[i] + ", not " + expected[i]);
    }
  }

  /** Loads and stores of so many bytes, no sector touched that was not asked for. */
  static void assertTraffic(LaunchReport report, long loaded, long stored) {
    assertEquals(loaded, report.globalLoads().bytes(), "bytes loaded");
    assertEquals(stored, report.globalStores().bytes(), "bytes stored");
    assertWholeSectors(report);
  }

  static void assertWholeSectors(LaunchReport report) {
    assertEquals(sectors(report.globalLoads().bytes()), report.globalLoads().sectors(), "loads");
    assertEquals(sectors(report.globalStores().bytes()), report.globalStores().sectors(), "stores");
  }

  private static long sectors(long bytes) {
    return (bytes + 31) / 32;
  }
}
