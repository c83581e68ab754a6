package org.clusternet.metrics;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.special.Erf;

/**
 * McNemar's test of whether two classifiers are right equally often on the same cases (McNemar
 * 1947, Psychometrika 12, 153): only the cases count on which exactly one of them is right.
 *
 * <p>The cases must be independent: give it clusters, one prediction each, not their projections.
 *
 * <p>The exact p value is summed here from Commons Math's binomial distribution: its {@code
 * BinomialTest} is wrong where rounding decides which of two equally probable tails comes first
 * (docs/decisions/mcnemar.md).
 *
 * @param onlyFirst cases on which the first is right and the second is not
 * @param onlySecond cases on which the second is right and the first is not
 * @param exactP two-sided p value from the binomial distribution with probability 1/2
 * @param chiSquare statistic with Edwards' continuity correction (Psychometrika 13, 185); 0 where
 *     no case differs
 * @param chiSquareP p value of the statistic with one degree of freedom: good from about 25
 *     differing cases on
 */
public record McNemar(
    int onlyFirst, int onlySecond, double exactP, double chiSquare, double chiSquareP) {

  /** The test from the numbers of cases on which one classifier alone is right. */
  public static McNemar of(int onlyFirst, int onlySecond) {
    int n = onlyFirst + onlySecond;
    if (n == 0) {
      return new McNemar(0, 0, 1, 0, 1);
    }
    int fewer = Math.min(onlyFirst, onlySecond);
    BinomialDistribution chance = new BinomialDistribution(null, n, 0.5);
    double tail = IntStream.rangeClosed(0, fewer).mapToDouble(chance::probability).sum();
    double excess = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1);
    double chiSquare = excess * excess / n;
    double chiSquareP = Erf.erfc(Math.sqrt(chiSquare / 2));
    return new McNemar(onlyFirst, onlySecond, Math.min(1, 2 * tail), chiSquare, chiSquareP);
  }

  /**
   * The test of two classifiers.
   *
   * @param first predictions of one classifier
   * @param second predictions of the other for the same cases in the same order
   * @throws IllegalArgumentException if the cases are not the same
   */
  public static McNemar of(List<ScoredImage> first, List<ScoredImage> second) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException(
          "McNemar: cases=%d and %d; both must be for the same cases"
              .formatted(first.size(), second.size()));
    }
    int onlyFirst = 0;
    int onlySecond = 0;
    for (int i = 0; i < first.size(); i++) {
      ScoredImage one = first.get(i);
      ScoredImage two = second.get(i);
      if (!one.cluster().equals(two.cluster()) || !one.projection().equals(two.projection())) {
        throw new IllegalArgumentException(
            "McNemar: case=%s %s and %s %s; both must be for the same cases"
                .formatted(one.cluster(), one.projection(), two.cluster(), two.projection()));
      }
      onlyFirst += one.isRight() && !two.isRight() ? 1 : 0;
      onlySecond += two.isRight() && !one.isRight() ? 1 : 0;
    }
    return of(onlyFirst, onlySecond);
  }
}
