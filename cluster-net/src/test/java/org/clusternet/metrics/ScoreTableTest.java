package org.clusternet.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.clusternet.data.CoreType;
import org.junit.jupiter.api.Test;

/** The text that ends a training run. */
class ScoreTableTest {
  private final ConfusionMatrix matrix =
      ConfusionMatrix.of(new int[][] {{5, 1, 0}, {2, 9, 1}, {0, 1, 4}});

  @Test
  void theTableHasThePapersFigures() {
    assertEquals(
        """
        class            precision            recall                F1   images
                       ours  paper       ours  paper       ours  paper
        CC             0.71   0.65       0.83   0.86       0.77   0.74        6
        WCC            0.82   0.94       0.75   0.85       0.78   0.89       12
        NCC            0.80   0.83       0.80   0.90       0.80   0.86        5
        macro F1 0.784 (paper 0.830; always WCC: 0.229), accuracy 0.783, balanced accuracy 0.794
        label \\ predicted    CC   WCC   NCC
        CC                    5     1     0
        WCC                   2     9     1
        NCC                   0     1     4
        """,
        ScoreTable.draw(matrix, CoreType.WCC, PaperResults.of("all")));
  }

  @Test
  void theTableHasDashesWithoutPaperFigures() {
    String table = ScoreTable.draw(matrix, CoreType.CC, Optional.empty());
    assertEquals(
        "CC             0.71      -       0.83      -       0.77      -        6",
        table.lines().skip(2).findFirst().orElseThrow());
  }
}
