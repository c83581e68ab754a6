package org.clusternet.metrics;

import static org.clusternet.data.CoreType.CC;
import static org.clusternet.data.CoreType.NCC;
import static org.clusternet.data.CoreType.WCC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against SciPy 1.17: {@code binomtest(min(b, c), b + c).pvalue} and {@code chi2.sf}. The first row
 * are the approval ratings of Agresti (Categorical Data Analysis, 1990, p. 350), the second those
 * of mlxtend's tutorial (chi-squared 2.025, p 0.1547).
 */
class McNemarTest {

  @ParameterizedTest
  @CsvSource({
    "150, 86, 3.7159361395713866e-05, 16.81779661016949, 4.114562281345944e-05",
    "25, 15, 0.1538599441628321, 2.025, 0.15472892348537437",
    "11, 1, 0.00634765625, 6.75, 0.0093747684594349",
    "59, 6, 4.964650327128616e-12, 41.6, 1.1199327149542469e-10",
    "0, 7, 0.015625, 5.142857142857143, 0.02334220201289086",
    "5, 5, 1, 0, 1",
    "0, 0, 1, 0, 1"
  })
  void agreesWithSciPy(int b, int c, double exact, double chiSquare, double chiSquareP) {
    McNemar test = McNemar.of(b, c);
    assertEquals(exact, test.exactP(), 1e-9 * exact);
    assertEquals(chiSquare, test.chiSquare(), 1e-12 * (1 + chiSquare));
    assertEquals(chiSquareP, test.chiSquareP(), 1e-9 * chiSquareP);
    assertEquals(exact, McNemar.of(c, b).exactP(), 1e-9 * exact, "it has no direction");
  }

  /** Of all 2^n outcomes of n fair coins, those at least as far from n / 2, counted exactly. */
  @Test
  void exactPIsTheShareOfOutcomesAtLeastAsExtreme() {
    for (int n = 1; n <= 60; n++) {
      BigInteger tail = BigInteger.ZERO;
      BigInteger choose = BigInteger.ONE;
      for (int k = 0; 2 * k <= n; k++) {
        tail = tail.add(choose);
        choose = choose.multiply(BigInteger.valueOf(n - k)).divide(BigInteger.valueOf(k + 1));
        double expected = 2 * k == n ? 1 : Math.scalb(tail.doubleValue(), 1 - n);
        assertEquals(expected, McNemar.of(k, n - k).exactP(), 1e-12 * expected, k + " of " + n);
      }
    }
  }

  @Test
  void onlyCasesOnWhichOneIsRightCount() {
    List<ScoredImage> first =
        List.of(
            Verdicts.certain("a", "mean", CC, CC),
            Verdicts.certain("b", "mean", WCC, WCC),
            Verdicts.certain("c", "mean", NCC, WCC),
            Verdicts.certain("d", "mean", NCC, CC),
            Verdicts.certain("e", "mean", NCC, NCC));
    List<ScoredImage> second =
        List.of(
            Verdicts.certain("a", "mean", CC, CC),
            Verdicts.certain("b", "mean", WCC, CC),
            Verdicts.certain("c", "mean", NCC, NCC),
            Verdicts.certain("d", "mean", NCC, WCC),
            Verdicts.certain("e", "mean", NCC, CC));
    McNemar test = McNemar.of(first, second);
    assertEquals(2, test.onlyFirst());
    assertEquals(1, test.onlySecond());
  }

  @Test
  void predictionsForOtherCasesAreRefused() {
    List<ScoredImage> a = List.of(Verdicts.certain("a", "x", CC, CC));
    List<ScoredImage> b = List.of(Verdicts.certain("b", "x", CC, CC));
    assertEquals(
        "McNemar: case=a x and b x; both must be for the same cases",
        assertThrows(IllegalArgumentException.class, () -> McNemar.of(a, b)).getMessage());
    assertEquals(
        "McNemar: cases=1 and 0; both must be for the same cases",
        assertThrows(IllegalArgumentException.class, () -> McNemar.of(a, List.of())).getMessage());
  }
}
