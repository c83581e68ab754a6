package org.clusternet.classical;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clusternet.data.CoreType;
import org.clusternet.data.random.CounterRandom;
import org.clusternet.metrics.ConfusionMatrix;
import org.junit.jupiter.api.Test;

class TwoThresholdsTest {
  @Test
  void separableClassesAreSeparatedInEitherDirection() {
    double[] values = {0.01, 0.02, 0.05, 0.06, 0.2, 0.3};
    List<CoreType> falling = labels("NNWWCC");
    TwoThresholds cuts = TwoThresholds.fit(values, falling);
    assertEquals("NCC < 0.03500 <= WCC < 0.1300 <= CC", cuts.toString());
    List<CoreType> rising = labels("CCWWNN");
    assertEquals(rising, predict(TwoThresholds.fit(values, rising), values));
    assertEquals(falling, predict(cuts, values));
  }

  @Test
  void noOtherPairOfCutsIsBetter() {
    CounterRandom random = new CounterRandom(3, "thresholds");
    for (int trial = 0; trial < 20; trial++) {
      double[] values = new double[25];
      List<CoreType> labels = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        int type = random.nextInt(3);
        labels.add(CoreType.ofIndex(type));
        // Rounded, so that values repeat.
        values[i] = Math.round(10 * (0.6 * type + random.nextGaussian())) / 10.0;
      }
      double most = 0;
      for (double a = -5.05; a < 7; a += 0.1) {
        for (double b = a; b < 7; b += 0.1) {
          most =
              Math.max(
                  most, f1(new TwoThresholds(a, b, CoreType.CC, CoreType.NCC), values, labels));
          most =
              Math.max(
                  most, f1(new TwoThresholds(a, b, CoreType.NCC, CoreType.CC), values, labels));
        }
      }
      assertEquals(most, f1(TwoThresholds.fit(values, labels), values, labels), 1e-12);
    }
  }

  @Test
  void absentClassIsNeverPredicted() {
    double[] values = {1, 2, 3, 4};
    List<CoreType> labels = labels("CCNN");
    assertEquals(labels, predict(TwoThresholds.fit(values, labels), values));
  }

  @Test
  void thresholdsAreSearchedOnASubsetOfManyValues() {
    double[] values = new double[5000];
    Arrays.setAll(values, i -> i);
    List<CoreType> labels = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      labels.add(i < 1500 ? CoreType.NCC : i < 4000 ? CoreType.WCC : CoreType.CC);
    }
    assertTrue(f1(TwoThresholds.fit(values, labels), values, labels) > 0.998);
  }

  @Test
  void invalidArgumentsAreNamedInTheMessage() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> TwoThresholds.fit(new double[] {1, Double.NaN}, labels("CC")))
            .getMessage();
    assertTrue(message.contains("values=2 labels=2") && message.contains("none NaN"), message);
  }

  private static double f1(TwoThresholds cuts, double[] values, List<CoreType> labels) {
    return ConfusionMatrix.of(labels, predict(cuts, values)).macroF1();
  }

  private static List<CoreType> predict(TwoThresholds cuts, double[] values) {
    return Arrays.stream(values).mapToObj(cuts::predict).toList();
  }

  private static List<CoreType> labels(String text) {
    return text.chars()
        .mapToObj(c -> c == 'C' ? CoreType.CC : c == 'W' ? CoreType.WCC : CoreType.NCC)
        .toList();
  }
}
