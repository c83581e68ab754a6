package org.clusternet.benchmark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void theMedianOfAnOddNumberIsTheMiddle() {
    assertEquals(new Statistics(3, 1, 90), Statistics.of(90, 1, 3));
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertEquals(new Statistics(2.5, 1, 90), Statistics.of(List.of(90.0, 3.0, 1.0, 2.0)));
  }

  @Test
  void theFiguresAreNotChanged() {
    double[] figures = {3, 1, 2};
    Statistics.of(figures);
    assertArrayEquals(new double[] {3, 1, 2}, figures);
  }

  @Test
  void noFiguresAndNaNAreRefused() {
    assertThrows(IllegalArgumentException.class, Statistics::of);
    assertThrows(IllegalArgumentException.class, () -> Statistics.of(1, Double.NaN));
  }
}
