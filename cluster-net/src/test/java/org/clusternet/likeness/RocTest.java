package org.clusternet.likeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.junit.jupiter.api.Test;

class RocTest {

  /** U / (n m) of Mann and Whitney; Commons Math gives the larger of both U. */
  @Test
  void theAreaIsThatOfTheRankTest() {
    Random random = new Random(1);
    double[] like = random.doubles(37).map(v -> Math.rint(20 * v)).toArray();
    double[] other = random.doubles(53).map(v -> Math.rint(20 * v) + 5).toArray();
    double u = new MannWhitneyUTest().mannWhitneyU(like, other);
    assertEquals(u / (37 * 53), new Roc(like, other).area(), 1e-12);
  }

  @Test
  void caughtIsWhatLiesAboveTheThresholdOfTheFalseAlarms() {
    double[] like = {4, 1, 3, 2};
    double[] other = {2, 3.5, 9, 0};
    Roc roc = new Roc(like, other);
    assertEquals(0.25, roc.caughtAt(0));
    assertEquals(0.5, roc.caughtAt(0.25));
    assertEquals(0.75, roc.caughtAt(0.999));
    assertThrows(IllegalArgumentException.class, () -> new Roc(like, new double[0]));
  }
}
