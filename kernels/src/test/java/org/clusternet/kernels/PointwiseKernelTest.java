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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Functions of one and two numbers, over whole runs of 16 bytes, remainders and unaligned
 * addresses.
 */
class PointwiseKernelTest {
  private static final Dim GRID = Dim.of(3);

  /** Element type, length, offset from alignment in elements, threads per block. */
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
}
