package org.clusternet.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.clusternet.kernels.emulator.LaunchReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attention maps and their gradients at every block size against their formulae in F64. */
class CamWeightingKernelTest {
  private static final Dim GRID = Dim.of(5);

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void attentionMapsAreSumsInTheStatedOrder(Element element) {
    for (int channels : new int[] {512, 130, 3}) {
      CamWeightingLaunch.Extents extents = new CamWeightingLaunch.Extents(3, 6, 2, channels);
      double[] features = Gpu.normal(element, 18 * channels, 5);
      double[] weight = Gpu.normal(Element.F32, 2 * channels, 6);
      int[] classes = {1, 2, 0};
      double[] expected = new double[18];
      for (int p = 0; p < 18; p++) {
        int c = classes[p / 6];
        expected[p] =
            c > 1 ? Double.NaN : dot(features, p * channels, weight, c * channels, channels);
      }
      for (int threads : Checks.BLOCKS) {
        for (int offset = 0; offset < 2; offset++) {
          Gpu gpu = new Gpu();
          long map = gpu.empty(Element.F32, 18);
          gpu.launch(
              new CamWeightingLaunch.Forward(
                  element,
                  gpu.of(element, features, offset),
                  gpu.of(Element.F32, weight),
                  gpu.ints(classes),
                  map,
                  extents,
                  Dim.of(2),
                  Dim.of(threads)));
          assertArrayEquals(expected, gpu.read(Element.F32, map, 18));
        }
      }
    }
  }

  /** The order of {@code cam.cuh}, a sum at a time. */
  private static float dot(double[] a, int i, double[] b, int j, int n) {
    double[] partial = new double[128];
    for (int k = 0; k < n; k++) {
      partial[k % 128] += b[j + k] * a[i + k];
    }
    double[] lanes = new double[32];
    for (int l = 0; l < 32; l++) {
      lanes[l] = (partial[4 * l] + partial[4 * l + 1]) + (partial[4 * l + 2] + partial[4 * l + 3]);
    }
    for (int half = 16; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        lanes[l] += lanes[l + half];
      }
    }
    return (float) lanes[0];
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void featuresAreReadOnceInWholeSectors(Element element) {
    Gpu gpu = new Gpu();
    int channels = 512;
    int pixels = 32;
    LaunchReport report =
        gpu.launch(
            new CamWeightingLaunch.Forward(
                element,
                gpu.of(element, Gpu.normal(element, pixels * channels, 7)),
                gpu.of(Element.F32, Gpu.normal(Element.F32, 3 * channels, 8)),
                gpu.ints(0, 2),
                gpu.empty(Element.F32, pixels),
                new CamWeightingLaunch.Extents(2, 16, 3, channels),
                Dim.of(4),
                Dim.of(128)));
    long bytes = (long) pixels * channels * (element.bytes() + Float.BYTES);
    long labels = pixels * 32L;
    assertEquals(bytes / 32 + pixels, report.globalLoads().sectors());
    assertTrue(report.globalLoads().bytes() <= bytes + 4 * labels);
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void gradientsOfAttentionMaps(Element element) {
    int channels = 37;
    CamWeightingLaunch.Extents extents = new CamWeightingLaunch.Extents(3, 4, 3, channels);
    double[] features = Gpu.normal(element, 12 * channels, 9);
    double[] weight = Gpu.normal(Element.F32, 3 * channels, 10);
    double[] upstream = Gpu.normal(Element.F32, 12, 11);
    int[] classes = {2, 0, 2};
    double[] dfeatures = new double[features.length];
    double[] dweight = new double[weight.length];
    for (int e = 0; e < features.length; e++) {
      int p = e / channels;
      int at = classes[p / 4] * channels + e % channels;
      dfeatures[e] = weight[at] * upstream[p];
      dweight[at] += features[e] * upstream[p];
    }
    for (int threads : Checks.BLOCKS) {
      Gpu gpu = new Gpu();
      Dim block = Dim.of(threads);
      long labels = gpu.ints(classes);
      long dy = gpu.of(Element.F32, upstream);
      long df = gpu.empty(element, features.length);
      long dw = gpu.empty(Element.F32, weight.length);
      gpu.launch(
          new CamWeightingLaunch.BackwardFeatures(
              element, gpu.of(Element.F32, weight), labels, dy, df, extents, GRID, block));
      gpu.launch(
          new CamWeightingLaunch.BackwardWeight(
              element, gpu.of(element, features), labels, dy, dw, extents, GRID, block));
      Checks.assertClose(
          "features", dfeatures, gpu.read(element, df, features.length), Checks.tolerance(element));
      Checks.assertClose("weight", dweight, gpu.read(Element.F32, dw, weight.length), 1e-6);
    }
  }
}
