package org.clusternet.metrics;

import static org.clusternet.data.CoreType.CC;
import static org.clusternet.data.CoreType.WCC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.clusternet.data.random.CounterRandom;
import org.junit.jupiter.api.Test;

/** Against the normal theory of proportions, whose standard error is known. */
class ClusterBootstrapTest {
  private static final int PROJECTIONS = 3;

  /** Clusters whose projections are right or wrong together. */
  private static List<ScoredImage> clusters(int count, IntPredicate right) {
    List<ScoredImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      for (int p = 0; p < PROJECTIONS; p++) {
        images.add(Verdicts.certain("c" + i, "p" + p, WCC, right.test(i) ? WCC : CC));
      }
    }
    return images;
  }

  @Test
  void theIntervalIsThatOfClustersNotOfImages() {
    ClusterBootstrap bootstrap =
        ClusterBootstrap.of(clusters(400, i -> i % 5 > 0), ClusterBootstrap.Settings.defaults());
    Estimate accuracy = bootstrap.estimate(ConfusionMatrix::accuracy);
    double error = Math.sqrt(0.8 * 0.2 / 400);
    assertEquals(0.8, accuracy.value(), 1e-15);
    assertEquals(0.8 - 1.96 * error, accuracy.low(), 0.2 * error);
    assertEquals(0.8 + 1.96 * error, accuracy.high(), 0.2 * error);
  }

  /** Of two classifiers each is right where the other is wrong: half are right in any sample. */
  @Test
  void theMeanOfSamplesIsPairedByCluster() {
    ClusterBootstrap.Settings settings = new ClusterBootstrap.Settings(400, 0.95, 0);
    ClusterBootstrap even = ClusterBootstrap.of(clusters(90, i -> i % 2 == 0), settings);
    ClusterBootstrap odd = ClusterBootstrap.of(clusters(90, i -> i % 2 == 1), settings);
    Estimate mean = ClusterBootstrap.mean(List.of(even, odd), ConfusionMatrix::accuracy);
    assertEquals(0.5, mean.low(), 1e-12);
    assertEquals(0.5, mean.value(), 1e-12);
    assertEquals(0.5, mean.high(), 1e-12);
    ClusterBootstrap fewer = ClusterBootstrap.of(clusters(80, i -> i % 2 == 0), settings);
    assertThrows(
        IllegalArgumentException.class,
        () -> ClusterBootstrap.mean(List.of(even, fewer), ConfusionMatrix::accuracy));
  }

  @Test
  void drawsDependOnTheSeedAlone() {
    List<ScoredImage> images = clusters(50, i -> i % 3 > 0);
    ClusterBootstrap.Settings some = new ClusterBootstrap.Settings(500, 0.9, 1);
    Estimate once = ClusterBootstrap.of(images, some).estimate(ConfusionMatrix::macroF1);
    List<ScoredImage> reversed = images.reversed();
    assertEquals(once, ClusterBootstrap.of(reversed, some).estimate(ConfusionMatrix::macroF1));
  }

  /** Of 300 samples of 120 clusters, the interval holds the truth about 285 times. */
  @Test
  void intervalsCoverTheTruthAsOftenAsTheirLevelSays() {
    ClusterBootstrap.Settings settings = new ClusterBootstrap.Settings(400, 0.95, 0);
    int covered = 0;
    for (int sample = 0; sample < 300; sample++) {
      CounterRandom random = new CounterRandom(7, "coverage", sample);
      Estimate accuracy =
          ClusterBootstrap.of(clusters(120, i -> random.nextDouble() < 0.7), settings)
              .estimate(ConfusionMatrix::accuracy);
      covered += accuracy.low() <= 0.7 && 0.7 <= accuracy.high() ? 1 : 0;
    }
    assertTrue(covered >= 272 && covered <= 297, "covered=" + covered);
  }

  /** Between equally good classifiers a p below 0.05 is found about 15 times in 300. */
  @Test
  void equalClassifiersSeldomDiffer() {
    ClusterBootstrap.Settings settings = new ClusterBootstrap.Settings(400, 0.95, 0);
    int found = 0;
    for (int sample = 0; sample < 300; sample++) {
      CounterRandom random = new CounterRandom(8, "null", sample);
      List<ScoredImage> first = clusters(120, i -> random.nextDouble() < 0.7);
      List<ScoredImage> second = clusters(120, i -> random.nextDouble() < 0.7);
      found += difference(first, second, settings).p() < 0.05 ? 1 : 0;
    }
    assertTrue(found >= 4 && found <= 30, "found=" + found);
  }

  @Test
  void aPairedDifferenceHasTheErrorOfThePairs() {
    ClusterBootstrap.Settings settings = ClusterBootstrap.Settings.defaults();
    List<ScoredImage> first = clusters(200, i -> i % 5 > 1);
    List<ScoredImage> second = clusters(200, i -> i % 5 > 0);
    ClusterBootstrap.Difference better = difference(first, second, settings);
    double error = Math.sqrt((0.2 - 0.2 * 0.2) / 200);
    assertEquals(0.2, better.score().value(), 1e-15);
    assertEquals(0.2 - 1.96 * error, better.score().low(), 0.25 * error);
    assertEquals(0.2 + 1.96 * error, better.score().high(), 0.25 * error);
    assertEquals(2.0 / 10_001, better.p(), 1e-15, "not one resample says otherwise");
    assertEquals(1, difference(first, first, settings).p());
  }

  @Test
  void repeatsAreComparedByTheirMean() {
    ClusterBootstrap.Settings settings = new ClusterBootstrap.Settings(100, 0.95, 0);
    ClusterBootstrap a = ClusterBootstrap.of(clusters(20, i -> i < 5), settings);
    ClusterBootstrap b = ClusterBootstrap.of(clusters(20, i -> i < 15), settings);
    ClusterBootstrap.Difference mean =
        ClusterBootstrap.difference(List.of(a, a), List.of(a, b), ConfusionMatrix::accuracy);
    assertEquals(0.25, mean.score().value(), 1e-15);
  }

  @Test
  void otherClustersAreRefused() {
    ClusterBootstrap.Settings settings = new ClusterBootstrap.Settings(100, 0.95, 0);
    assertEquals(
        "paired bootstrap: clusters=20 and 21; both sides must be over the same",
        assertThrows(
                IllegalArgumentException.class,
                () -> difference(clusters(20, i -> true), clusters(21, i -> true), settings))
            .getMessage());
  }

  @Test
  void settingsThatGiveNoIntervalAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ClusterBootstrap.Settings(99, 0.95, 0));
    assertThrows(IllegalArgumentException.class, () -> new ClusterBootstrap.Settings(100, 1, 0));
  }

  private static ClusterBootstrap.Difference difference(
      List<ScoredImage> first, List<ScoredImage> second, ClusterBootstrap.Settings settings) {
    return ClusterBootstrap.difference(
        List.of(ClusterBootstrap.of(first, settings)),
        List.of(ClusterBootstrap.of(second, settings)),
        ConfusionMatrix::accuracy);
  }
}
