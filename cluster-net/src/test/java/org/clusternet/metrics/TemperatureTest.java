package org.clusternet.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.data.CoreType;
import org.clusternet.data.random.CounterRandom;
import org.junit.jupiter.api.Test;

/** Against a case with a closed solution, and a temperature that was put in. */
class TemperatureTest {

  /**
   * All say (0.9, 0.05, 0.05), 6 of 10 are right, the others in equal parts of the other classes:
   * the best is (0.6, 0.2, 0.2), where ln(0.9 / 0.05) / T = ln(0.6 / 0.2).
   */
  @Test
  void theFitIsTheClosedSolution() {
    List<ScoredImage> validation = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      CoreType label = i < 6 ? CoreType.CC : i < 8 ? CoreType.WCC : CoreType.NCC;
      validation.add(Verdicts.of("c" + i, "x", label, 0.9, 0.05, 0.05));
    }
    Temperature temperature = Temperature.fit(validation);
    assertEquals(Math.log(18) / Math.log(3), temperature.value(), 1e-6);
    ScoredImage scaled = temperature.apply(validation.get(0));
    assertEquals(0.6, scaled.probabilities().get(0), 1e-6);
    assertEquals(0.2, scaled.probabilities().get(2), 1e-6);
  }

  /** Labels are drawn from the softmax of logits; the verdicts are that of 2.5 times the logits. */
  @Test
  void theFitRecoversAKnownTemperature() {
    List<ScoredImage> validation = new ArrayList<>();
    CounterRandom random = new CounterRandom(3, "temperature");
    for (int i = 0; i < 20_000; i++) {
      double[] logits = {
        1.5 * random.nextGaussian(), 1.5 * random.nextGaussian(), 1.5 * random.nextGaussian()
      };
      double[] truth = softmax(logits, 1);
      double u = random.nextDouble();
      CoreType label = CoreType.ofIndex(u < truth[0] ? 0 : u < truth[0] + truth[1] ? 1 : 2);
      double[] said = softmax(logits, 2.5);
      validation.add(Verdicts.of("c" + i, "x", label, said[0], said[1], said[2]));
    }
    Temperature temperature = Temperature.fit(validation);
    assertEquals(2.5, temperature.value(), 0.08);
    Reliability before = Reliability.of(validation);
    Reliability after = Reliability.of(temperature.apply(validation));
    assertTrue(before.ece() > 0.1, "before=" + before.ece());
    assertTrue(after.ece() < 0.02, "after=" + after.ece());
    assertTrue(after.negativeLogLikelihood() < before.negativeLogLikelihood());
  }

  private static double[] softmax(double[] logits, double times) {
    double[] p = new double[3];
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      p[k] = Math.exp(times * logits[k]);
      sum += p[k];
    }
    for (int k = 0; k < 3; k++) {
      p[k] /= sum;
    }
    return p;
  }

  @Test
  void scalingKeepsThePredictedClass() {
    ScoredImage image = Verdicts.of("a", "x", CoreType.NCC, 0.2, 0.45, 0.35);
    for (double t : new double[] {0.05, 0.5, 1, 3, 20}) {
      assertEquals(CoreType.WCC, new Temperature(t).apply(image).prediction());
    }
    ScoredImage same = new Temperature(1).apply(image);
    for (int k = 0; k < 3; k++) {
      assertEquals(image.probabilities().get(k), same.probabilities().get(k), 1e-15);
    }
  }

  @Test
  void certainPredictionsGiveNoNaN() {
    ScoredImage sure = Verdicts.of("a", "x", CoreType.CC, 0, 0, 1);
    ScoredImage right = Verdicts.of("b", "x", CoreType.CC, 1, 0, 0);
    assertEquals(Temperature.MOST, Temperature.fit(List.of(sure)).value(), 1e-3);
    assertEquals(Temperature.LEAST, Temperature.fit(List.of(almost())).value(), 1e-3);
    assertTrue(new Temperature(2).apply(right).confidence() > 0.999);
  }

  private static ScoredImage almost() {
    return Verdicts.of("c", "x", CoreType.CC, 0.6, 0.2, 0.2);
  }

  @Test
  void aTemperatureMustBePositive() {
    assertEquals(
        "temperature=0.0; it must be positive",
        assertThrows(IllegalArgumentException.class, () -> new Temperature(0)).getMessage());
  }
}
