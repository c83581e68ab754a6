package org.clusternet.kernels;

import static org.clusternet.kernels.Checks.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.clusternet.kernels.emulator.LaunchReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums over rows in one launch and in two, over short rows, and the averages' gradient. */
class SumToKernelTest {

  /** Element type, outer, rows, channels, threads per block. */
  static List<Object[]> cases() {
    List<Object[]> cases = new ArrayList<>();
    int[][] shapes = {{1, 500, 64}, {3, 37, 24}, {2, 64, 512}, {1, 301, 5}, {70, 3, 1}, {1, 1, 9}};
    for (Element element : new Element[] {Element.F32, Element.BF16}) {
      for (int[] shape : shapes) {
        for (int threads : Checks.BLOCKS) {
          cases.add(new Object[] {element, shape[0], shape[1], shape[2], threads});
        }
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sumsOverRowsAreThoseOfF64(Element element, int outer, int rows, int channels, int threads) {
    Gpu gpu = new Gpu();
    double[] x = Gpu.normal(element, outer * rows * channels, 1);
    double[] sums = new double[outer * channels];
    for (int i = 0; i < x.length; i++) {
      sums[i / (rows * channels) * channels + i % channels] += x[i] * 0.5;
    }
    long xs = gpu.of(element, x);
    int lanes = element.lanes(channels, xs);
    Columns layout = Columns.of(rows, channels, lanes, threads, 7);
    int splits = layout.splits();
    long partial = gpu.empty(Element.F64, (long) outer * splits * channels);
    gpu.launch(new SumToLaunch.OverRows(element, Element.F64, xs, partial, outer, layout, 1));
    long y = gpu.empty(element, sums.length);
    Columns last = Columns.of(splits, channels, 1, threads, 1);
    assertEquals(1, last.splits());
    gpu.launch(new SumToLaunch.OverRows(Element.F64, element, partial, y, outer, last, 0.5));
    double[] expected = new double[sums.length];
    for (int i = 0; i < sums.length; i++) {
      expected[i] = Gpu.rounded(element, sums[i]);
    }
    assertClose("sums", expected, gpu.read(element, y, sums.length), 1e-7);
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void shortRowsOfEveryLength(Element element) {
    for (int length = 1; length <= 70; length += length < 10 ? 1 : 20) {
      Gpu gpu = new Gpu();
      double[] x = Gpu.normal(element, 11 * length, length);
      double[] sums = new double[11];
      for (int i = 0; i < x.length; i++) {
        sums[i / length] += x[i];
      }
      long y = gpu.empty(Element.F64, 11);
      gpu.launch(
          new SumToLaunch.Innermost(
              element,
              Element.F64,
              gpu.of(element, x),
              y,
              new ShortRows(11, length),
              1,
              Dim.of(2),
              Dim.of(64)));
      assertClose("length " + length, sums, gpu.read(Element.F64, y, 11), 1e-14);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void imagesAreReadOnceInWholeSectors(Element element) {
    Gpu gpu = new Gpu();
    int rows = 1024;
    long x = gpu.of(element, Gpu.normal(element, rows * 64, 1));
    Columns layout = Columns.of(rows, 64, element.lanes(), 128, 6);
    long partial = gpu.empty(Element.F64, layout.splits() * 64L);
    LaunchReport report =
        gpu.launch(new SumToLaunch.OverRows(element, Element.F64, x, partial, 1, layout, 1));
    assertEquals(64L * rows * element.bytes(), report.globalLoads().bytes());
    assertEquals(2L * rows * element.bytes(), report.globalLoads().sectors());
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void theAverageGivesEachPixelItsShare(Element element) {
    for (int channels : new int[] {16, 5}) {
      Gpu gpu = new Gpu();
      double[] u = Gpu.normal(Element.F32, 3 * channels, 2);
      long upstream = gpu.of(Element.F32, u);
      long dx = gpu.empty(element, 3L * 7 * channels);
      int lanes = element.lanes(channels, upstream, dx);
      LaunchReport report =
          gpu.launch(
              new GlobalAveragePoolLaunch(
                  element, lanes, upstream, dx, 3, 7, channels, Dim.of(2), Dim.of(32)));
      double[] expected = new double[3 * 7 * channels];
      for (int i = 0; i < expected.length; i++) {
        int image = i / (7 * channels);
        expected[i] = Gpu.rounded(element, (float) u[image * channels + i % channels] / 7f);
      }
      assertClose("gradient", expected, gpu.read(element, dx, expected.length), 0);
      if (lanes > 1) {
        assertEquals(
            (long) expected.length * element.bytes() / 32, report.globalStores().sectors());
      }
    }
  }
}
