package org.clusternet.classical;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.data.CoreType;
import org.clusternet.data.random.CounterRandom;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
  private final List<CoreType> labels = new ArrayList<>();
  private final double[][] rows = new double[150][];

  LogisticRegressionTest() {
    CounterRandom random = new CounterRandom(5, "regression");
    for (int i = 0; i < rows.length; i++) {
      int type = i % 7 == 0 ? 0 : i % 2 + 1;
      labels.add(CoreType.ofIndex(type));
      rows[i] =
          new double[] {
            type + 0.8 * random.nextGaussian(), 1000 * random.nextGaussian() - 3 * type * type
          };
    }
  }

  @Test
  void derivativesAgreeWithFiniteDifferences() {
    LogisticRegression.Loss loss = new LogisticRegression.Loss(rows(), labels);
    CounterRandom random = new CounterRandom(6, "point");
    double[] at = random.doubles(9).map(v -> 2 * v - 1).toArray();
    double[] gradient = loss.gradient(at);
    for (int k = 0; k < at.length; k++) {
      double step = 1e-6;
      double middle = at[k];
      at[k] = middle + step;
      double above = loss.value(at);
      at[k] = middle - step;
      double below = loss.value(at);
      at[k] = middle;
      assertEquals((above - below) / (2 * step), gradient[k], 1e-8);
    }
    double[][] hessian = loss.hessian(at);
    for (int k = 0; k < at.length; k++) {
      double step = 1e-6;
      double middle = at[k];
      at[k] = middle + step;
      double[] above = loss.gradient(at);
      at[k] = middle - step;
      double[] below = loss.gradient(at);
      at[k] = middle;
      for (int l = 0; l < at.length; l++) {
        assertEquals((above[l] - below[l]) / (2 * step), hessian[k][l], 1e-8);
      }
    }
  }

  @Test
  void fitIsTheMinimumOfTheLoss() {
    // At the minimum of a convex function the gradient vanishes, and nowhere else: over the rows,
    // weighted by class, the errors p - y add up to 0, and their products with a scaled feature to
    // minus the slope over n.
    LogisticRegression fit = LogisticRegression.fit(rows, labels);
    double[][] scaled = rows();
    int[] counts = new int[3];
    labels.forEach(l -> counts[l.index()]++);
    double[] slope = slopes(fit);
    for (int c = 0; c < 3; c++) {
      double constant = 0;
      double first = 0;
      for (int i = 0; i < rows.length; i++) {
        int label = labels.get(i).index();
        double error = fit.probabilities(rows[i])[c] - (label == c ? 1 : 0);
        constant += error / (3.0 * counts[label]);
        first += error * scaled[i][0] / (3.0 * counts[label]);
      }
      assertEquals(0, constant, 1e-10);
      assertEquals(-slope[c] / rows.length, first, 1e-9);
    }
  }

  /** The slopes of the first scaled feature: the penalty makes those of all classes add up to 0. */
  private double[] slopes(LogisticRegression fit) {
    double mean = 0;
    double square = 0;
    for (double[] row : rows) {
      mean += row[0] / rows.length;
      square += row[0] * row[0] / rows.length;
    }
    double deviation = Math.sqrt(square - mean * mean);
    double[] at = fit.probabilities(new double[] {mean, 0});
    double[] beyond = fit.probabilities(new double[] {mean + deviation, 0});
    double[] slopes = new double[3];
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      slopes[c] = Math.log(beyond[c] / at[c]);
      sum += slopes[c];
    }
    for (int c = 0; c < 3; c++) {
      slopes[c] -= sum / 3;
    }
    return slopes;
  }

  private double[][] rows() {
    double[][] scaled = new double[rows.length][2];
    for (int j = 0; j < 2; j++) {
      double mean = 0;
      double square = 0;
      for (double[] row : rows) {
        mean += row[j] / rows.length;
        square += row[j] * row[j] / rows.length;
      }
      for (int i = 0; i < rows.length; i++) {
        scaled[i][j] = (rows[i][j] - mean) / Math.sqrt(square - mean * mean);
      }
    }
    return scaled;
  }

  @Test
  void classesAreEquallyLikelyWithoutInformation() {
    double[][] same = new double[rows.length][1];
    double third = 1.0 / 3;
    assertArrayEquals(
        new double[] {third, third, third},
        LogisticRegression.fit(same, labels).probabilities(new double[1]),
        1e-6);
  }

  @Test
  void separableClassesHaveFiniteProbabilities() {
    double[][] apart = {{0}, {0.1}, {5}, {5.1}, {10}, {10.1}};
    List<CoreType> types =
        List.of(CoreType.CC, CoreType.CC, CoreType.WCC, CoreType.WCC, CoreType.NCC, CoreType.NCC);
    LogisticRegression fit = LogisticRegression.fit(apart, types);
    double[] p = fit.probabilities(new double[] {10});
    assertEquals(1, p[0] + p[1] + p[2], 1e-12);
    assertTrue(p[2] > 0.5 && p[2] < 1, "p=" + p[2]);
    assertTrue(fit.probabilities(new double[] {5})[1] > fit.probabilities(new double[] {5})[0]);
  }

  @Test
  void invalidArgumentsAreNamedInTheMessage() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> LogisticRegression.fit(new double[0][], List.of()))
            .getMessage();
    assertTrue(message.contains("rows=0 labels=0"), message);
  }
}
