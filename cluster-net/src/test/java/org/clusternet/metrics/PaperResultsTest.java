package org.clusternet.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.clusternet.data.CoreType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The copied table agrees with itself: F1 follows from precision and recall, the mean from F1. */
class PaperResultsTest {
  /** Half a unit of the second decimal, and a little for the binary fractions. */
  private static final double HALF = 0.005 + 1e-9;

  @ParameterizedTest
  @ValueSource(strings = {"baseline", "attention", "gaussian", "both", "all"})
  void thePapersRowsAreConsistentToRounding(String variant) {
    PaperResults row = PaperResults.of(variant).orElseThrow();
    double sum = 0;
    for (CoreType type : CoreType.values()) {
      ClassScores scores = row.classes().get(type);
      double least = ClassScores.f1(scores.precision() - HALF, scores.recall() - HALF);
      double most = ClassScores.f1(scores.precision() + HALF, scores.recall() + HALF);
      assertTrue(scores.f1() >= least - HALF && scores.f1() <= most + HALF, type + " " + scores);
      sum += scores.f1();
    }
    assertEquals(row.macroF1(), sum / 3, HALF + 0.0005);
  }

  @Test
  void theLastRowsOfBothTablesAreTheSame() {
    assertEquals(
        PaperResults.of("all").orElseThrow().macroF1(),
        PaperResults.macroF1(0.8, 0.1, 0.1, 0.1).orElseThrow());
    assertEquals(0.817, PaperResults.macroF1(0.8, 0.1, 0.1, 100).orElseThrow());
    assertTrue(PaperResults.macroF1(1, 1, 1, 1).isEmpty());
  }

  @Test
  void anUnknownVariantHasNoPaperFigures() {
    assertTrue(PaperResults.of("resnet").isEmpty());
  }
}
