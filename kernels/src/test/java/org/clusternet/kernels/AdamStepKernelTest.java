package org.clusternet.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.clusternet.kernels.emulator.LaunchReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Adam step against the same formula in Java, bit for bit. */
class AdamStepKernelTest {
  private static final Dim GRID = Dim.of(3);

  /** The bits of plain F32 arithmetic in the order of the formula. */
  @ParameterizedTest
  @MethodSource("org.clusternet.kernels.PointwiseKernelTest#cases")
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

  /** 28 bytes per parameter, and 3 numbers that every thread reads. */
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
}
