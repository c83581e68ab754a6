package org.clusternet.kernels;

import static org.clusternet.kernels.Checks.assertClose;
import static org.clusternet.kernels.Checks.assertTraffic;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.clusternet.kernels.emulator.LaunchReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels that go over elements: whole runs of 16 bytes, what is left over, and odd addresses. */
class PointwiseKernelTest {
  private static final Dim GRID = Dim.of(3);

  /** Element type, length, elements off alignment, threads of a block. */
  static List<Object[]> cases() {
    List<Object[]> cases = new ArrayList<>();
    for (Element element : new Element[] {Element.F32, Element.BF16}) {
      for (int threads : Checks.BLOCKS) {
        cases.add(new Object[] {element, 1000, 0, threads});
        cases.add(new Object[] {element, 1003, 0, threads});
        cases.add(new Object[] {element, 77, 1, threads});
        cases.add(new Object[] {element, 1, 0, threads});
      }
    }
    return cases;
  }

  private static double unary(UnaryLaunch.Function f, double x) {
    DoubleUnaryOperator operator =
        switch (f) {
          case RELU -> v -> Math.max(v, 0);
          case EXP -> Math::exp;
          case LOG -> Math::log;
          case SQRT -> Math::sqrt;
          case SQUARE -> v -> v * v;
          case NEG -> v -> -v;
          case ABS -> Math::abs;
          case SIGMOID -> v -> 1 / (1 + Math.exp(-v));
          case TANH -> Math::tanh;
          case RECIPROCAL -> v -> 1 / v;
        };
    return operator.applyAsDouble(x);
  }

  private static boolean needsPositive(UnaryLaunch.Function f) {
    return f == UnaryLaunch.Function.LOG
        || f == UnaryLaunch.Function.SQRT
        || f == UnaryLaunch.Function.RECIPROCAL;
  }

  private static double[] inputs(UnaryLaunch.Function f, Element element, int n) {
    double[] x = Gpu.normal(element, n, f.hashCode() % 7);
    for (int i = 0; i < n; i++) {
      x[i] = needsPositive(f) ? Gpu.rounded(element, 0.25 + Math.abs(x[i])) : x[i];
    }
    x[n / 2] = Double.NaN;
    return x;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyUnaryFunctionOnEveryElement(Element element, int n, int offset, int threads) {
    Gpu gpu = new Gpu();
    for (UnaryLaunch.Function f : UnaryLaunch.Function.values()) {
      double[] x = inputs(f, element, n);
      long y = gpu.empty(element, n, offset);
      gpu.launch(
          new UnaryLaunch.Forward(
              f, element, gpu.of(element, x, offset), y, n, GRID, Dim.of(threads)));
      double[] expected = Arrays.stream(x).map(v -> unary(f, v)).toArray();
      assertClose(f.name(), expected, gpu.read(element, y, n), Checks.tolerance(element));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyUnaryGradientIsTheSlope(Element element, int n, int offset, int threads) {
    Gpu gpu = new Gpu();
    double[] u = Gpu.normal(element, n, 8);
    long upstream = gpu.of(element, u, offset);
    for (UnaryLaunch.Function f : UnaryLaunch.Function.values()) {
      double[] x = inputs(f, element, n);
      double[] saved = x.clone();
      double[] expected = new double[n];
      for (int i = 0; i < n; i++) {
        double step = 1e-6;
        double slope = (unary(f, x[i] + step) - unary(f, x[i] - step)) / (2 * step);
        saved[i] = f.savesInput() ? x[i] : unary(f, x[i]);
        expected[i] = u[i] * slope;
      }
      expected[n / 2] = f == UnaryLaunch.Function.NEG ? -u[n / 2] : expected[n / 2];
      if (f == UnaryLaunch.Function.RELU) {
        expected[n / 2] = 0;
      }
      long dx = gpu.empty(element, n, offset);
      gpu.launch(
          new UnaryLaunch.Backward(
              f, element, gpu.of(element, saved, offset), upstream, dx, n, GRID, Dim.of(threads)));
      double tolerance = element == Element.BF16 ? 1.0 / 64 : 2e-6;
      assertClose(f.name(), expected, gpu.read(element, dx, n), tolerance);
    }
  }

  private static double binary(BinaryLaunch.Function f, double a, double b) {
    DoubleBinaryOperator operator =
        switch (f) {
          case ADD -> Double::sum;
          case SUB -> (x, y) -> x - y;
          case MUL -> (x, y) -> x * y;
          case DIV -> (x, y) -> x / y;
          case MAX -> Math::max;
          case MIN -> Math::min;
        };
    return operator.applyAsDouble(a, b);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyBinaryFunctionOnEveryElement(Element element, int n, int offset, int threads) {
    Gpu gpu = new Gpu();
    double[] a = Gpu.normal(element, n, 1);
    double[] b = Arrays.stream(Gpu.normal(element, n, 2)).map(v -> v < 0 ? v - 1 : v + 1).toArray();
    b = Arrays.stream(b).map(v -> Gpu.rounded(element, v)).toArray();
    a[n / 2] = Double.NaN;
    b[n / 3] = Double.NaN;
    long as = gpu.of(element, a, offset);
    long bs = gpu.of(element, b, offset);
    for (BinaryLaunch.Function f : BinaryLaunch.Function.values()) {
      long y = gpu.empty(element, n, offset);
      gpu.launch(new BinaryLaunch.Forward(f, element, as, bs, y, n, GRID, Dim.of(threads)));
      double[] expected = new double[n];
      for (int i = 0; i < n; i++) {
        expected[i] = binary(f, a[i], b[i]);
      }
      assertClose(f.name(), expected, gpu.read(element, y, n), Checks.tolerance(element));
    }
  }

  /** The bits of plain F32 arithmetic in the order of the formula. */
  @ParameterizedTest
  @MethodSource("cases")
  void adamIsTheFormulaInF32(Element unused, int n, int offset, int threads) {
    Gpu gpu = new Gpu();
    double[] p = Gpu.normal(Element.F32, n, 1);
    double[] g = Gpu.normal(Element.F32, n, 2);
    double[] m = Gpu.normal(Element.F32, n, 3);
    double[] v = Arrays.stream(Gpu.normal(Element.F32, n, 4)).map(Math::abs).toArray();
    g[n / 2] = 0;
    v[n / 2] = 0;
    double[] schedule = {(float) 1e-3, (float) (1 - 0.9), (float) (1 - 0.999)};
    long[] at = new long[4];
    double[][] values = {p, g, m, v};
    for (int i = 0; i < 4; i++) {
      at[i] = gpu.of(Element.F32, values[i], offset);
    }
    float beta1 = (float) 0.9;
    float gain1 = (float) (1 - 0.9);
    float beta2 = (float) 0.999;
    float gain2 = (float) (1 - 0.999);
    float epsilon = (float) 1e-8;
    gpu.launch(
        new AdamStepLaunch(
            at[0],
            at[1],
            at[2],
            at[3],
            gpu.of(Element.F32, schedule),
            0,
            n,
            beta1,
            gain1,
            beta2,
            gain2,
            epsilon,
            GRID,
            Dim.of(threads)));
    float rate = (float) (schedule[0] / schedule[1]);
    float correction = (float) (1 / schedule[2]);
    for (int i = 0; i < n; i++) {
      float gi = (float) g[i];
      float mi = (float) m[i] * beta1 + gi * gain1;
      float vi = (float) v[i] * beta2 + gi * gi * gain2;
      float step = mi * rate / ((float) Math.sqrt(vi * correction) + epsilon);
      p[i] = (float) p[i] - step;
      m[i] = mi;
      v[i] = vi;
    }
    assertArrayEquals(p, gpu.read(Element.F32, at[0], n), "p");
    assertArrayEquals(g, gpu.read(Element.F32, at[1], n), "g stays");
    assertArrayEquals(m, gpu.read(Element.F32, at[2], n), "m");
    assertArrayEquals(v, gpu.read(Element.F32, at[3], n), "v");
  }

  @Test
  void adamWritesNothingWhereFoundInfIsNotFinite() {
    for (double foundInf : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 7}) {
      Gpu gpu = new Gpu();
      double[] before = Gpu.normal(Element.F32, 41, 1);
      long p = gpu.of(Element.F32, before);
      long m = gpu.of(Element.F32, before);
      long v = gpu.of(Element.F32, Arrays.stream(before).map(Math::abs).toArray());
      gpu.launch(
          new AdamStepLaunch(
              p,
              gpu.of(Element.F32, before),
              m,
              v,
              gpu.of(Element.F32, 1e-3, 0.1, 0.001),
              gpu.of(Element.F32, foundInf),
              before.length,
              0.9f,
              0.1f,
              0.999f,
              0.001f,
              1e-8f,
              GRID,
              Dim.of(32)));
      boolean stays = Arrays.equals(before, gpu.read(Element.F32, p, before.length));
      assertEquals(!Double.isFinite(foundInf), stays, "foundInf=" + foundInf);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
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

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void alignedTensorsMoveOnceInWholeSectors(Element element) {
    Gpu gpu = new Gpu();
    int n = 4096;
    Dim block = Dim.of(128);
    long bytes = (long) n * element.bytes();
    long a = gpu.of(element, Gpu.normal(element, n, 1));
    long b = gpu.of(element, Gpu.normal(element, n, 2));
    long c = gpu.of(element, Gpu.normal(element, n, 3));
    long y = gpu.empty(element, n);
    UnaryLaunch.Function tanh = UnaryLaunch.Function.TANH;
    BinaryLaunch.Function mul = BinaryLaunch.Function.MUL;
    assertTraffic(
        gpu.launch(new UnaryLaunch.Forward(tanh, element, a, y, n, GRID, block)), bytes, bytes);
    assertTraffic(
        gpu.launch(new UnaryLaunch.Backward(tanh, element, a, b, y, n, GRID, block)),
        2 * bytes,
        bytes);
    assertTraffic(gpu.launch(new AffineLaunch(element, a, y, n, 2, 3, GRID, block)), bytes, bytes);
    assertTraffic(
        gpu.launch(new BinaryLaunch.Forward(mul, element, a, b, y, n, GRID, block)),
        2 * bytes,
        bytes);
    assertTraffic(
        gpu.launch(new BinaryLaunch.Backward(mul, 0, element, a, b, c, y, n, GRID, block)),
        3 * bytes,
        bytes);
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

  /** 28 bytes a parameter, beside 3 numbers that every thread reads. */
  @Test
  void adamMovesItsBuffersOnce() {
    Gpu gpu = new Gpu();
    int n = 8192;
    long[] at = new long[4];
    for (int i = 0; i < 4; i++) {
      at[i] = gpu.of(Element.F32, new double[n]);
    }
    long schedule = gpu.of(Element.F32, 1e-3, 0.1, 0.001);
    Dim block = Dim.of(128);
    LaunchReport report =
        gpu.launch(
            new AdamStepLaunch(
                at[0], at[1], at[2], at[3], schedule, 0, n, 0.9f, 0.1f, 0.999f, 0.001f, 1e-8f, GRID,
                block));
    long threads = GRID.count() * block.count();
    assertEquals(16L * n + 12 * threads, report.globalLoads().bytes());
    assertEquals(16L * n / 32 + 3 * threads / 32, report.globalLoads().sectors());
    assertEquals(12L * n, report.globalStores().bytes());
    assertEquals(12L * n / 32, report.globalStores().sectors());
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void broadcastPerChannelGoesInRuns(Element element) {
    Gpu gpu = new Gpu();
    int rows = 33;
    int channels = 64;
    Strided layout =
        new Strided(
            List.of(1L, 1L, (long) rows, (long) channels),
            List.of(List.of(0L, 0L, (long) channels, 1L), List.of(0L, 0L, 0L, 1L)));
    assertEquals(element.lanes(), layout.lanes(element.lanes()));
    double[] a = Gpu.normal(element, rows * channels, 1);
    double[] b = Gpu.normal(element, channels, 2);
    long y = gpu.empty(element, (long) rows * channels);
    LaunchReport report =
        gpu.launch(
            new BinaryLaunch.StridedForward(
                BinaryLaunch.Function.ADD,
                element,
                element.lanes(),
                gpu.of(element, a),
                gpu.of(element, b),
                y,
                layout,
                GRID,
                Dim.of(96)));
    double[] expected = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      expected[i] = Gpu.rounded(element, a[i] + b[i % channels]);
    }
    assertArrayEquals(expected, gpu.read(element, y, a.length));
    long bytes = (long) a.length * element.bytes();
    assertEquals(2 * bytes, report.globalLoads().bytes());
    assertEquals(bytes / 32, report.globalStores().sectors());
  }

  @Test
  void runsOfAnySizeAreCopiedAndPadded() {
    Gpu gpu = new Gpu();
    for (int run : new int[] {16, 8, 12, 6, 5}) {
      int rows = 7;
      byte[] x = new byte[rows * run];
      new java.util.Random(run).nextBytes(x);
      int unit = ConcatLaunch.unit(run, 48);
      long from = gpu.bytes(x);
      long y = gpu.emptyBytes(rows * 48L);
      gpu.launch(
          new ConcatLaunch.Pad(
              ConcatLaunch.unit(run, 48, 16), from, run, y, 48, 16, rows, GRID, Dim.of(32)));
      byte[] padded = gpu.readBytes(y, rows * 48);
      for (int i = 0; i < padded.length; i++) {
        int k = i % 48 - 16;
        byte expected = k >= 0 && k < run ? x[i / 48 * run + k] : 0;
        assertEquals(expected, padded[i], "run=" + run + " byte " + i);
      }
      long back = gpu.emptyBytes(x.length);
      gpu.launch(new ConcatLaunch.Copy(unit, y + 16, 48, back, run, run, rows, GRID, Dim.of(64)));
      assertArrayEquals(x, gpu.readBytes(back, x.length));
    }
  }
}
