package org.clusternet.metrics;

import static org.clusternet.data.CoreType.CC;
import static org.clusternet.data.CoreType.NCC;
import static org.clusternet.data.CoreType.WCC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Means by hand. */
class ProjectionAverageTest {

  @Test
  void thereIsOnePredictionPerCluster() {
    List<ScoredImage> clusters =
        ProjectionAverage.of(
            List.of(
                Verdicts.of("b", "x", WCC, 0.25, 0.75, 0),
                Verdicts.of("a", "x", NCC, 0.5, 0.25, 0.25),
                Verdicts.of("a", "y", NCC, 0, 0.25, 0.75),
                Verdicts.of("a", "z", NCC, 0.25, 0.25, 0.5)));
    assertEquals(
        List.of(
            Verdicts.of("a", "mean", NCC, 0.25, 0.25, 0.5),
            Verdicts.of("b", "mean", WCC, 0.25, 0.75, 0)),
        clusters);
    assertTrue(clusters.get(0).isRight());
  }

  @Test
  void theLabelIsTheMostFrequentOneOrTheCoolerCore() {
    assertEquals(
        NCC,
        label(
            Verdicts.of("a", "x", NCC, 1, 0, 0),
            Verdicts.of("a", "y", CC, 1, 0, 0),
            Verdicts.of("a", "z", NCC, 1, 0, 0)));
    assertEquals(
        CC, label(Verdicts.of("a", "x", NCC, 1, 0, 0), Verdicts.of("a", "y", CC, 1, 0, 0)));
  }

  private static Object label(ScoredImage... images) {
    return ProjectionAverage.of(List.of(images)).get(0).label();
  }

  @Test
  void malformedProbabilitiesAreRefused() {
    assertEquals(
        "a x: probabilities=[0.5, NaN, 0.5]; one per class is needed, each from 0 to 1",
        assertThrows(
                IllegalArgumentException.class,
                () -> Verdicts.of("a", "x", NCC, 0.5, Double.NaN, 0.5))
            .getMessage());
  }
}
