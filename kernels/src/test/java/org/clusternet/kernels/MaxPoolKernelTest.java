package org.clusternet.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.clusternet.kernels.emulator.LaunchReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pooling against a search of every window, and its gradient against scattering. */
class MaxPoolKernelTest {

  static List<Object[]> cases() {
    return List.of(
        new Object[] {Element.BF16, window(2, 9, 8, 16, 3, 2, 1), 256},
        new Object[] {Element.BF16, window(1, 7, 5, 64, 3, 2, 1), 32},
        new Object[] {Element.BF16, window(1, 6, 7, 5, 2, 2, 0), 96},
        new Object[] {Element.F32, window(2, 9, 8, 12, 3, 2, 1), 64},
        new Object[] {Element.F32, window(1, 9, 6, 3, 2, 3, 0), 1024},
        new Object[] {Element.F32, window(1, 20, 18, 4, 16, 1, 8), 32},
        new Object[] {Element.F32, window(1, 1, 1, 1, 3, 2, 1), 32});
  }

  private static MaxPoolLaunch.Windows window(
      int images, int height, int width, int channels, int kernel, int stride, int padding) {
    return new MaxPoolLaunch.Windows(
        images,
        height,
        width,
        (height + 2 * padding - kernel) / stride + 1,
        (width + 2 * padding - kernel) / stride + 1,
        channels,
        kernel,
        stride,
        padding);
  }

  private static int inputs(MaxPoolLaunch.Windows w) {
    return (int) w.images() * w.height() * w.width() * w.channels();
  }

  private static int outputs(MaxPoolLaunch.Windows w) {
    return (int) w.images() * w.outHeight() * w.outWidth() * w.channels();
  }

  /** Position in x of code k of the window of output i, or -1 for padding. */
  private static int position(MaxPoolLaunch.Windows w, int i, int k) {
    int c = i % w.channels();
    int column = i / w.channels() % w.outWidth();
    int row = i / w.channels() / w.outWidth() % w.outHeight();
    int image = i / w.channels() / w.outWidth() / w.outHeight();
    int h = row * w.stride() - w.padding() + k / w.kernel();
    int v = column * w.stride() - w.padding() + k % w.kernel();
    boolean inside = h >= 0 && h < w.height() && v >= 0 && v < w.width();
    return inside ? ((image * w.height() + h) * w.width() + v) * w.channels() + c : -1;
  }

  private static int winner(MaxPoolLaunch.Windows w, double[] x, int i) {
    int best = -1;
    for (int k = 0; k < w.kernel() * w.kernel(); k++) {
      int at = position(w, i, k);
      if (at < 0) {
        continue;
      }
      if (Double.isNaN(x[at])) {
        return k;
      }
      if (best < 0 || x[at] > x[position(w, i, best)]) {
        best = k;
      }
    }
    return best;
  }

  /** Normal numbers behind a ReLU, so that there are ties, with some NaN and minus infinity. */
  private static double[] image(Element element, int n) {
    double[] x = Gpu.normal(element, n, 3);
    for (int i = 0; i < n; i++) {
      x[i] = Math.max(x[i], 0);
      x[i] = i % 29 == 28 ? Double.NaN : i % 31 < 7 ? Double.NEGATIVE_INFINITY : x[i];
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theFirstLargestOfEveryWindowWins(Element element, MaxPoolLaunch.Windows w, int threads) {
    double[] x = image(element, inputs(w));
    double[] y = new double[outputs(w)];
    byte[] winners = new byte[y.length];
    for (int i = 0; i < y.length; i++) {
      winners[i] = (byte) winner(w, x, i);
      y[i] = x[position(w, i, winners[i] & 0xFF)];
    }
    for (int offset = 0; offset < 2; offset++) {
      Gpu gpu = new Gpu();
      long xs = gpu.of(element, x, offset);
      long ys = gpu.empty(element, y.length, offset);
      long codes = gpu.emptyBytes(y.length);
      int lanes = element.lanes(w.channels(), xs, ys);
      gpu.launch(
          new MaxPoolLaunch.Forward(element, lanes, xs, ys, codes, w, Dim.of(2), Dim.of(threads)));
      assertArrayEquals(y, gpu.read(element, ys, y.length));
      assertArrayEquals(winners, gpu.readBytes(codes, y.length));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theGradientGoesToTheWinners(Element element, MaxPoolLaunch.Windows w, int threads) {
    double[] x = image(element, inputs(w));
    double[] upstream = Gpu.normal(element, outputs(w), 5);
    byte[] winners = new byte[upstream.length];
    float[] sums = new float[x.length];
    for (int i = 0; i < upstream.length; i++) {
      winners[i] = (byte) winner(w, x, i);
      sums[position(w, i, winners[i] & 0xFF)] += (float) upstream[i];
    }
    double[] expected = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      expected[i] = Gpu.rounded(element, sums[i]);
    }
    for (int offset = 0; offset < 2; offset++) {
      Gpu gpu = new Gpu();
      long us = gpu.of(element, upstream, offset);
      long dx = gpu.empty(element, x.length, offset);
      int lanes = element.lanes(w.channels(), us, dx);
      gpu.launch(
          new MaxPoolLaunch.Backward(
              element, lanes, gpu.bytes(winners), us, dx, w, Dim.of(3), Dim.of(threads)));
      assertArrayEquals(expected, gpu.read(element, dx, x.length));
    }
  }

  /** Windows that do not overlap: each tensor once, in whole sectors. */
  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void everyTensorIsMovedOnce(Element element) {
    Gpu gpu = new Gpu();
    MaxPoolLaunch.Windows w = window(2, 8, 8, 64, 2, 2, 0);
    long x = gpu.of(element, Gpu.normal(element, inputs(w), 1));
    long y = gpu.empty(element, outputs(w));
    long winners = gpu.emptyBytes(outputs(w));
    Dim block = Dim.of(64);
    LaunchReport forward =
        gpu.launch(
            new MaxPoolLaunch.Forward(
                element, element.lanes(), x, y, winners, w, Dim.of(4), block));
    Checks.assertTraffic(
        forward, (long) inputs(w) * element.bytes(), outputs(w) * (element.bytes() + 1L));
    LaunchReport backward =
        gpu.launch(
            new MaxPoolLaunch.Backward(
                element,
                element.lanes(),
                winners,
                y,
                gpu.empty(element, inputs(w)),
                w,
                Dim.of(4),
                block));
    // Each pixel is in one window and reads its upstream gradient: four pixels each.
    assertEquals(4L * outputs(w) * (element.bytes() + 1L), backward.globalLoads().bytes());
    assertEquals((long) inputs(w) * element.bytes(), backward.globalStores().bytes());
    assertEquals((long) inputs(w) * element.bytes() / 32, backward.globalStores().sectors());
  }
}
