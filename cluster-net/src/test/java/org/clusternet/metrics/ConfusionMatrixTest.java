package org.clusternet.metrics;

import static org.clusternet.data.CoreType.CC;
import static org.clusternet.data.CoreType.NCC;
import static org.clusternet.data.CoreType.WCC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Scores against fractions worked out by hand. */
class ConfusionMatrixTest {
  private static final double EXACT = 1e-15;

  private final ConfusionMatrix matrix =
      ConfusionMatrix.of(new int[][] {{5, 1, 0}, {2, 9, 1}, {0, 1, 4}});

  @Test
  void predictionsAreCountedByLabel() {
    ConfusionMatrix counted =
        ConfusionMatrix.of(List.of(CC, CC, WCC, NCC, NCC), List.of(CC, WCC, WCC, CC, NCC));
    assertEquals(ConfusionMatrix.of(new int[][] {{1, 1, 0}, {0, 1, 0}, {1, 0, 1}}), counted);
    assertEquals(1, counted.count(NCC, CC));
    assertEquals(0, counted.count(CC, NCC));
  }

  @Test
  void supportAndPredictedAreSumsOfRowsAndColumns() {
    assertEquals(List.of(6, 12, 5), List.of(CC, WCC, NCC).stream().map(matrix::support).toList());
    assertEquals(List.of(7, 11, 5), List.of(CC, WCC, NCC).stream().map(matrix::predicted).toList());
    assertEquals(23, matrix.total());
  }

  @Test
  void scoresOfEachClassFollowFromTheCounts() {
    assertScores(5 / 7.0, 5 / 6.0, 10 / 13.0, matrix.scores(CC));
    assertScores(9 / 11.0, 9 / 12.0, 18 / 23.0, matrix.scores(WCC));
    assertScores(4 / 5.0, 4 / 5.0, 8 / 10.0, matrix.scores(NCC));
  }

  @Test
  void rowSharesAreFractionsOfTheLabel() {
    assertEquals(2 / 12.0, matrix.rowShare(WCC, CC), EXACT);
    assertEquals(4 / 5.0, matrix.rowShare(NCC, NCC), EXACT);
    ConfusionMatrix none = ConfusionMatrix.of(new int[][] {{0, 0, 0}, {2, 9, 1}, {0, 1, 4}});
    assertEquals(0, none.rowShare(CC, CC));
  }

  @Test
  void macroF1AndBalancedAccuracyAreMeansOverClasses() {
    assertEquals((10 / 13.0 + 18 / 23.0 + 8 / 10.0) / 3, matrix.macroF1(), EXACT);
    assertEquals(18 / 23.0, matrix.accuracy(), EXACT);
    assertEquals((5 / 6.0 + 9 / 12.0 + 4 / 5.0) / 3, matrix.balancedAccuracy(), EXACT);
  }

  @Test
  void aConstantClassifierHasTheF1OfOneClassOnly() {
    ConfusionMatrix always = matrix.constant(WCC);
    assertEquals(ConfusionMatrix.of(new int[][] {{0, 6, 0}, {0, 12, 0}, {0, 5, 0}}), always);
    assertEquals(2 * 12 / (23.0 + 12) / 3, always.macroF1(), EXACT);
    assertScores(0, 0, 0, always.scores(CC));
  }

  @Test
  void anAbsentClassCountsAsZeroInMacroF1AndNotAtAllInBalancedAccuracy() {
    ConfusionMatrix two = ConfusionMatrix.of(new int[][] {{3, 1, 0}, {0, 4, 0}, {0, 0, 0}});
    assertScores(0, 0, 0, two.scores(NCC));
    assertEquals((6 / 7.0 + 8 / 9.0 + 0) / 3, two.macroF1(), EXACT);
    assertEquals((3 / 4.0 + 1) / 2, two.balancedAccuracy(), EXACT);
  }

  @Test
  void aClassThatIsOnlyPredictedHasNoRecall() {
    ConfusionMatrix wrong = ConfusionMatrix.of(new int[][] {{0, 0, 2}, {0, 3, 0}, {0, 0, 0}});
    assertScores(0, 0, 0, wrong.scores(NCC));
    assertScores(1, 1, 1, wrong.scores(WCC));
  }

  @Test
  void scoresOfNoImagesAreZeroNotNaN() {
    ConfusionMatrix none = ConfusionMatrix.of(List.of(), List.of());
    assertEquals(0, none.macroF1());
    assertEquals(0, none.accuracy());
    assertEquals(0, none.balancedAccuracy());
  }

  @Test
  void theMatrixCopiesItsTable() {
    int[][] counts = matrix.counts();
    counts[0][0] = 99;
    assertEquals(5, matrix.count(CC, CC));
  }

  @Test
  void malformedTablesAreRefused() {
    assertMessage("3 rows of 3 counts", () -> ConfusionMatrix.of(new int[2][3]));
    assertMessage("3 rows of 3 counts", () -> ConfusionMatrix.of(new int[][] {{1}, {2}, {3}}));
    assertMessage(
        "none negative", () -> ConfusionMatrix.of(new int[][] {{1, 0, 0}, {0, -1, 0}, {0, 0, 1}}));
    assertMessage("labels=1 predictions=2", () -> ConfusionMatrix.of(List.of(CC), List.of(CC, CC)));
  }

  private static void assertMessage(String part, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static void assertScores(double precision, double recall, double f1, ClassScores actual) {
    assertEquals(precision, actual.precision(), EXACT);
    assertEquals(recall, actual.recall(), EXACT);
    assertEquals(f1, actual.f1(), EXACT);
  }
}
