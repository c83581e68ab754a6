package org.clusternet.kernels;

import static org.clusternet.kernels.Checks.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses and softmax on batches longer than a block, invalid labels, extreme logits. */
class LossKernelTest {
  private static final int ROWS = 150;
  private static final int CLASSES = 5;

  private final Gpu gpu = new Gpu();
  private final double[] logits = Gpu.normal(Element.F32, ROWS * CLASSES, 1);
  private final int[] labels = new int[ROWS];

  private double[] probabilities(int row) {
    double[] p = new double[CLASSES];
    double sum = 0;
    for (int k = 0; k < CLASSES; k++) {
      p[k] = Math.exp(logits[row * CLASSES + k]);
      sum += p[k];
    }
    for (int k = 0; k < CLASSES; k++) {
      p[k] /= sum;
    }
    return p;
  }

  private double crossEntropy(double[] weights) {
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      sum -= weights[labels[row]] * Math.log(probabilities(row)[labels[row]]);
    }
    return sum / ROWS;
  }

  private double cramer() {
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      double[] p = probabilities(row);
      double cumulative = 0;
      for (int k = 0; k < CLASSES; k++) {
        cumulative += p[k];
        sum += Math.pow(cumulative - (k >= labels[row] ? 1 : 0), 2);
      }
    }
    return sum / ROWS;
  }

  private void label() {
    for (int i = 0; i < ROWS; i++) {
      labels[i] = i * 7 % CLASSES;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 64, 96, 256, 1024})
  void lossesOfAWholeBatch(int threads) {
    label();
    double[] weights = {0.5, 1, 2, 0.25, 3};
    long ls = gpu.of(Element.F32, logits);
    long ts = gpu.ints(labels);
    long ws = gpu.of(Element.F32, weights);
    long loss = gpu.empty(Element.F32, 1);
    long p = gpu.empty(Element.F32, ROWS * CLASSES);
    Dim block = Dim.of(threads);
    gpu.launch(new WeightedCrossEntropyLaunch.Forward(ls, ts, ws, loss, p, ROWS, CLASSES, block));
    double[] expected = {crossEntropy(weights)};
    assertClose("cross entropy", expected, gpu.read(Element.F32, loss, 1), 1e-7);
    gpu.launch(new CramerDistanceLaunch.Forward(ls, ts, loss, ROWS, CLASSES, block));
    assertClose("Cramer distance", new double[] {cramer()}, gpu.read(Element.F32, loss, 1), 1e-7);
  }

  /** The emulator fails on any address outside: nothing is read by the label. */
  @ParameterizedTest
  @ValueSource(ints = {-1, CLASSES, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void aLabelThatIsNoClassGivesNaN(int wrong) {
    label();
    labels[17] = wrong;
    Dim block = Dim.of(64);
    Dim grid = Dim.of(2);
    long ls = gpu.of(Element.F32, logits);
    long ts = gpu.ints(labels);
    long ws = gpu.of(Element.F32, 1, 1, 1, 1, 1);
    long loss = gpu.empty(Element.F32, 1);
    long p = gpu.empty(Element.F32, ROWS * CLASSES);
    long one = gpu.of(Element.F32, 1);
    long gradient = gpu.empty(Element.F32, ROWS * CLASSES);
    gpu.launch(new WeightedCrossEntropyLaunch.Forward(ls, ts, ws, loss, p, ROWS, CLASSES, block));
    assertTrue(Double.isNaN(gpu.read(Element.F32, loss, 1)[0]));
    gpu.launch(
        new WeightedCrossEntropyLaunch.BackwardLogits(
            p, ts, ws, one, gradient, ROWS, CLASSES, grid, block));
    assertOnlyRowIsNaN(gpu.read(Element.F32, gradient, ROWS * CLASSES));
    gpu.launch(new CramerDistanceLaunch.Forward(ls, ts, loss, ROWS, CLASSES, block));
    assertTrue(Double.isNaN(gpu.read(Element.F32, loss, 1)[0]));
    long cramer = gpu.empty(Element.F32, ROWS * CLASSES);
    gpu.launch(new CramerDistanceLaunch.Backward(ls, ts, one, cramer, ROWS, CLASSES, grid, block));
    assertOnlyRowIsNaN(gpu.read(Element.F32, cramer, ROWS * CLASSES));
    long dw = gpu.empty(Element.F32, CLASSES);
    gpu.launch(
        new WeightedCrossEntropyLaunch.BackwardWeights(
            ls, ts, one, dw, ROWS, CLASSES, grid, block));
    assertTrue(Arrays.stream(gpu.read(Element.F32, dw, CLASSES)).allMatch(Double::isNaN));
  }

  private static void assertOnlyRowIsNaN(double[] gradient) {
    for (int i = 0; i < gradient.length; i++) {
      assertEquals(i / CLASSES == 17, Double.isNaN(gradient[i]), "element " + i);
    }
  }

  /** Distances 1e-18 from 0 and gradients of good predictions keep their digits. */
  @Test
  void theCramerGradientOfAGoodPredictionKeepsItsDigits() {
    double[] row = {-20, 0, -21};
    long gradient = gpu.empty(Element.F32, 3);
    gpu.launch(
        new CramerDistanceLaunch.Backward(
            gpu.of(Element.F32, row),
            gpu.ints(1),
            gpu.of(Element.F32, 1),
            gradient,
            1,
            3,
            Dim.of(1),
            Dim.of(32)));
    // d = (p0, -p2, 0): L = p0^2 + p2^2, dL/dx_k = 2 p_k (g_k - sum p g) with g = (p0, 0, p2).
    double sum = Math.exp(-20) + 1 + Math.exp(-21);
    double p0 = Math.exp(-20) / sum;
    double p2 = Math.exp(-21) / sum;
    double mean = p0 * p0 + p2 * p2;
    double[] expected = {2 * p0 * (p0 - mean), -2 / sum * mean, 2 * p2 * (p2 - mean)};
    double[] actual = gpu.read(Element.F32, gradient, 3);
    for (int k = 0; k < 3; k++) {
      assertEquals(expected[k], actual[k], 1e-6 * Math.abs(expected[k]), "class " + k);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void softmaxOfExtremeLogitsAndNaN(Element element) {
    double[] x = {1000, 1000, -1e4, 5, Double.NaN, 1, -1e30, -1e30, -1e30};
    long xs = gpu.of(element, x);
    long y = gpu.empty(element, 9);
    ShortRows rows = new ShortRows(3, 3);
    gpu.launch(new SoftmaxLaunch.Forward(element, false, xs, y, rows, Dim.of(1), Dim.of(32)));
    double third = Gpu.rounded(element, 1 / 3.0);
    double nan = Double.NaN;
    double[] p = {0.5, 0.5, 0, nan, nan, nan, third, third, third};
    assertClose("probabilities", p, gpu.read(element, y, 9), 0);
    gpu.launch(new SoftmaxLaunch.Forward(element, true, xs, y, rows, Dim.of(1), Dim.of(32)));
    double[] actual = gpu.read(element, y, 9);
    assertEquals(Gpu.rounded(element, -Math.log(2)), actual[0]);
    assertEquals(Gpu.rounded(element, Gpu.rounded(element, -1e4) - 1000 - Math.log(2)), actual[2]);
    assertTrue(Double.isNaN(actual[3]) && Double.isNaN(actual[5]));
    assertEquals(Gpu.rounded(element, -Math.log(3)), actual[8]);
  }
}
