package org.clusternet.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Step by step by hand: 4 x 0.005, 3 x 0.01, 2 x 0.03, and what is smaller than before raised. */
class HolmTest {
  @Test
  void correctedValuesAreMultipliedByTheRemainingTestsAndNeverFall() {
    assertArrayEquals(
        new double[] {0.03, 0.06, 0.06, 0.02}, Holm.adjust(0.01, 0.04, 0.03, 0.005), 1e-15);
  }

  @Test
  void correctedValuesAreAtMostOne() {
    assertArrayEquals(new double[] {1, 1}, Holm.adjust(0.9, 0.6), 1e-15);
    assertEquals(0, Holm.adjust().length);
  }
}
