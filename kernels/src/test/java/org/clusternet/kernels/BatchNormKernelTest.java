package org.clusternet.kernels;

import static org.clusternet.kernels.BatchNormCase.EPS;
import static org.clusternet.kernels.BatchNormCase.MOMENTUM;
import static org.clusternet.kernels.Checks.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.clusternet.kernels.BatchNormCase.Gradients;
import org.clusternet.kernels.emulator.LaunchReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Batch normalisation against two passes in double precision, over shapes and blocks. */
class BatchNormKernelTest {
  /** Element type, rows, channels, threads per block, offset from alignment in elements. */
  static List<Object[]> cases() {
    return List.of(
        new Object[] {Element.BF16, 301, 64, 256, 0},
        new Object[] {Element.BF16, 70, 512, 64, 0},
        new Object[] {Element.BF16, 33, 128, 96, 0},
        new Object[] {Element.BF16, 97, 8, 1024, 0},
        new Object[] {Element.BF16, 45, 64, 32, 1},
        new Object[] {Element.BF16, 61, 7, 256, 0},
        new Object[] {Element.BF16, 4, 24, 512, 0},
        new Object[] {Element.F32, 301, 64, 256, 0},
        new Object[] {Element.F32, 40, 260, 32, 0},
        new Object[] {Element.F32, 513, 5, 96, 0},
        new Object[] {Element.F32, 99, 1, 1024, 0},
        new Object[] {Element.F32, 50, 12, 64, 2},
        new Object[] {Element.F32, 5, 3, 256, 0});
  }

  private static double[][] statistics(BatchNormCase c) {
    double[][] result = new double[2][c.channels];
    for (int k = 0; k < c.channels; k++) {
      double sum = 0;
      for (int r = 0; r < c.rows; r++) {
        sum += c.x[r * c.channels + k];
      }
      double mean = sum / c.rows;
      double squares = 0;
      for (int r = 0; r < c.rows; r++) {
        squares += Math.pow(c.x[r * c.channels + k] - mean, 2);
      }
      result[0][k] = mean;
      result[1][k] = squares / c.rows;
    }
    return result;
  }

  private static double[] normalised(BatchNormCase c, boolean added, boolean relu) {
    double[][] s = statistics(c);
    double[] y = new double[c.x.length];
    for (int i = 0; i < y.length; i++) {
      int k = i % c.channels;
      double value = (c.x[i] - s[0][k]) / Math.sqrt(s[1][k] + EPS) * c.gamma[k] + c.beta[k];
      value += added ? c.residual[i] : 0;
      y[i] = relu ? Math.max(value, 0) : value;
    }
    return y;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void forwardIsTheTwoPassFormula(
      Element element, int rows, int channels, int threads, int offset) {
    for (boolean added : new boolean[] {false, true}) {
      BatchNormCase c = new BatchNormCase(element, rows, channels, threads, offset);
      double[] before = Gpu.normal(Element.F32, channels, 6);
      long runningMean = c.gpu.of(Element.F32, before);
      long runningVariance = c.gpu.of(Element.F32, before);
      c.forward(added, added, runningMean, runningVariance);
      double[][] s = statistics(c);
      double[] mean = new double[channels];
      double[] variance = new double[channels];
      for (int k = 0; k < channels; k++) {
        mean[k] = (1 - MOMENTUM) * before[k] + MOMENTUM * s[0][k];
        double unbiased = s[1][k] * rows / (rows - 1);
        variance[k] = (1 - MOMENTUM) * before[k] + MOMENTUM * unbiased;
      }
      assertClose("mean", s[0], c.gpu.read(Element.F32, c.means, channels), 1e-6);
      assertClose("variance", s[1], c.gpu.read(Element.F32, c.variances, channels), 1e-6);
      assertClose("running", mean, c.gpu.read(Element.F32, runningMean, channels), 1e-6);
      assertClose("running", variance, c.gpu.read(Element.F32, runningVariance, channels), 1e-6);
      double[] y = c.gpu.read(element, c.ys, c.x.length);
      assertClose("y", normalised(c, added, added), y, Checks.tolerance(element));
    }
  }

  /** The formula of the op's documentation, from the statistics and y that the kernels left. */
  private static Gradients expected(BatchNormCase c, boolean masked) {
    double[] y = c.gpu.read(c.element, c.ys, c.x.length);
    double[] mean = c.gpu.read(Element.F32, c.means, c.channels);
    double[] variance = c.gpu.read(Element.F32, c.variances, c.channels);
    double[] up = c.upstream.clone();
    for (int i = 0; masked && i < up.length; i++) {
      up[i] = y[i] > 0 ? up[i] : 0;
    }
    double[] dGamma = new double[c.channels];
    double[] dBeta = new double[c.channels];
    double[] normal = new double[up.length];
    for (int i = 0; i < up.length; i++) {
      int k = i % c.channels;
      normal[i] = (c.x[i] - mean[k]) / Math.sqrt(variance[k] + EPS);
      dBeta[k] += up[i];
      dGamma[k] += up[i] * normal[i];
    }
    double[] dx = new double[up.length];
    for (int i = 0; i < up.length; i++) {
      int k = i % c.channels;
      double centred = up[i] - dBeta[k] / c.rows - normal[i] * dGamma[k] / c.rows;
      dx[i] = c.gamma[k] / Math.sqrt(variance[k] + EPS) * centred;
    }
    return new Gradients(dx, dGamma, dBeta, up, List.of());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void backwardIsTheFormulaWithEitherMaskOrNone(
      Element element, int rows, int channels, int threads, int offset) {
    for (int mask = 0; mask < 3; mask++) {
      BatchNormCase c = new BatchNormCase(element, rows, channels, threads, offset);
      c.forward(mask == 1, mask > 0, running(c), running(c));
      Gradients actual = c.backward(mask == 1, mask == 2);
      Gradients expected = expected(c, mask > 0);
      assertClose("beta", expected.beta(), actual.beta(), 2e-6);
      assertClose("gamma", expected.gamma(), actual.gamma(), 2e-6);
      assertClose("x", expected.x(), actual.x(), Checks.tolerance(element));
      if (mask == 1) {
        assertArrayEquals(
            expected.residual(), actual.residual(), "the residual's gradient is exact");
      }
    }
  }

  private static long running(BatchNormCase c) {
    return c.gpu.of(Element.F32, new double[c.channels]);
  }

  /** The mean is 1000 deviations off: sums of squares in F32 would be off by several percent. */
  @Test
  void statisticsKeepTheirDigitsFarFromZero() {
    Random random = new Random(9);
    double[] x = new double[4001 * 4];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (1000 + random.nextGaussian());
    }
    BatchNormCase c = new BatchNormCase(new Gpu(), Element.F32, 4001, 4, 64, 0, x);
    c.forward(false, false, running(c), running(c));
    double[][] s = statistics(c);
    assertClose("mean", s[0], c.gpu.read(Element.F32, c.means, 4), 1e-7);
    assertClose("variance", s[1], c.gpu.read(Element.F32, c.variances, 4), 3e-5);
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void whatIsNotFiniteStaysInItsChannelAndIsSeenBehindTheReLU(Element element) {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      double[] x = Gpu.normal(element, 50 * 16, 1);
      x[37 * 16 + 3] = bad;
      BatchNormCase c = new BatchNormCase(new Gpu(), element, 50, 16, 64, 0, x);
      c.forward(true, true, running(c), running(c));
      double[] y = c.gpu.read(element, c.ys, x.length);
      for (int i = 0; i < y.length; i++) {
        assertEquals(i % 16 == 3, Double.isNaN(y[i]), bad + ": element " + i);
      }
      double[] dx = c.backward(true, false).x();
      for (int i = 0; i < dx.length; i++) {
        assertEquals(i % 16 == 3, Double.isNaN(dx[i]), bad + ": gradient " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theSameBitsWhateverTheOrderOfBlocks(
      Element element, int rows, int channels, int threads, int offset) {
    double[][] runs = new double[2][];
    for (int run = 0; run < 2; run++) {
      double[] x = BatchNormCase.random(element, rows * channels);
      BatchNormCase c =
          new BatchNormCase(Gpu.shuffled(run), element, rows, channels, threads, offset, x);
      c.forward(true, true, running(c), running(c));
      Gradients g = c.backward(true, false);
      runs[run] =
          Arrays.stream(
                  new double[][] {
                    c.gpu.read(Element.F32, c.variances, channels), g.x(), g.gamma(), g.beta()
                  })
              .flatMapToDouble(Arrays::stream)
              .toArray();
    }
    assertArrayEquals(runs[0], runs[1]);
  }

  /** Traffic of another thousand rows: the bytes stated in the header, in whole sectors. */
  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void imagesAreMovedOnce(Element element) {
    List<LaunchReport> small = passes(element, 1024);
    List<LaunchReport> large = passes(element, 2048);
    long[] loads = {1, 1, 2, 2, 1, 2, 3, 3};
    long[] stores = {0, 1, 0, 1, 0, 1, 0, 2};
    long image = 1024L * 64 * element.bytes();
    for (int pass = 0; pass < loads.length; pass++) {
      LaunchReport.Traffic loadsBefore = small.get(pass).globalLoads();
      LaunchReport.Traffic storesBefore = small.get(pass).globalStores();
      LaunchReport.Traffic loadsAfter = large.get(pass).globalLoads();
      LaunchReport.Traffic storesAfter = large.get(pass).globalStores();
      String what = "pass " + pass;
      assertEquals(loads[pass] * image, loadsAfter.bytes() - loadsBefore.bytes(), what);
      assertEquals(loads[pass] * image / 32, loadsAfter.sectors() - loadsBefore.sectors(), what);
      assertEquals(loads[pass] * image / 512, loadsAfter.requests() - loadsBefore.requests(), what);
      assertEquals(stores[pass] * image, storesAfter.bytes() - storesBefore.bytes(), what);
      assertEquals(stores[pass] * image / 32, storesAfter.sectors() - storesBefore.sectors(), what);
    }
  }

  /** Moments, normalise, sums and apply: with the mask from x, and from y with a residual. */
  private static List<LaunchReport> passes(Element element, int rows) {
    BatchNormCase c = new BatchNormCase(element, rows, 64, 256, 0);
    List<LaunchReport> reports = new ArrayList<>(c.forward(false, true, running(c), running(c)));
    Gradients byX = c.backward(false, true);
    reports.addAll(byX.reports());
    reports.addAll(c.forward(true, true, running(c), running(c)));
    Gradients byY = c.backward(true, false);
    reports.addAll(byY.reports());
    return reports;
  }
}
