package org.clusternet.kernels;

import static org.clusternet.kernels.Checks.assertTraffic;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.clusternet.kernels.emulator.LaunchReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Casts between all element types: rounding, remainders and unaligned addresses. */
class CastKernelTest {
  private static final Dim GRID = Dim.of(3);

  @ParameterizedTest
  @MethodSource("org.clusternet.kernels.PointwiseKernelTest#cases")
  void castsRoundOnceToNearestEven(Element narrow, int n, int offset, int threads) {
    Gpu gpu = new Gpu();
    // Values around ties of BF16 that F32 cannot tell from the tie itself.
    double[] x = Gpu.normal(Element.F64, n, 5);
    for (int i = 0; i < n; i++) {
      x[i] = i % 3 == 0 ? x[i] : 1 + (2 * (i % 64) + 1) / 256.0 + (i % 5 - 2) * 1e-12;
    }
    x[n / 2] = Double.NaN;
    Dim block = Dim.of(threads);
    long from = gpu.of(Element.F64, x, offset);
    long to = gpu.empty(narrow, n, offset);
    gpu.launch(new CastLaunch(Element.F64, narrow, from, to, n, GRID, block));
    double[] expected = Arrays.stream(x).map(v -> nearest(narrow, v)).toArray();
    assertArrayEquals(expected, gpu.read(narrow, to, n));
    for (Element wide : new Element[] {Element.F32, Element.F64}) {
      if (wide != narrow) {
        long back = gpu.empty(wide, n, offset);
        gpu.launch(new CastLaunch(narrow, wide, to, back, n, GRID, block));
        assertArrayEquals(expected, gpu.read(wide, back, n));
      }
    }
  }

  /** The nearest number of the type: of two equally near, the one with an even last bit. */
  private static double nearest(Element element, double x) {
    if (element == Element.F32 || Double.isNaN(x)) {
      return (float) x;
    }
    double unit = Math.scalb(1.0, Math.getExponent(x) - 7);
    return Math.rint(x / unit) * unit;
  }

  @Test
  void castFromF32ToBf16RoundsToEven() {
    Gpu gpu = new Gpu();
    double[] x = {1 + 1 / 256.0, 1 + 3 / 256.0, -1 - 1 / 256.0, 3e38, 1e-40, 0.1};
    long y = gpu.empty(Element.BF16, x.length);
    gpu.launch(
        new CastLaunch(
            Element.F32, Element.BF16, gpu.of(Element.F32, x), y, x.length, GRID, Dim.of(32)));
    double[] expected = Arrays.stream(x).map(v -> Gpu.rounded(Element.BF16, v)).toArray();
    assertArrayEquals(expected, gpu.read(Element.BF16, y, x.length));
    assertEquals(1.0, expected[0]);
    assertEquals(1 + 4 / 256.0, expected[1]);
  }

  @Test
  void castsMoveOnceInWholeSectors() {
    Gpu gpu = new Gpu();
    int n = 4096;
    Dim block = Dim.of(128);
    for (Element from : Element.values()) {
      for (Element to : Element.values()) {
        if (from != to) {
          long x = gpu.of(from, Gpu.normal(from, n, 1));
          LaunchReport report =
              gpu.launch(new CastLaunch(from, to, x, gpu.empty(to, n), n, GRID, block));
          assertTraffic(report, (long) n * from.bytes(), (long) n * to.bytes());
        }
      }
    }
  }
}
