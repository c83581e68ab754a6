package org.clusternet.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.clusternet.kernels.emulator.LaunchReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gaussian maps at every block size against their formula in F64. */
class GaussianMapKernelTest {
  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void gaussiansAreCentredOnTheFirstBrightestPixel(Element element) {
    for (int[] size : new int[][] {{20, 12, 3}, {33, 47, 1}, {9, 9, 4}, {1, 1, 3}}) {
      int height = size[0];
      int width = size[1];
      int pixels = height * width;
      double[] images = Gpu.normal(element, 2 * pixels * size[2], 12);
      for (int i = 0; i < images.length; i++) {
        images[i] = i % 13 == 0 ? Double.NaN : Math.min(1.5, images[i]);
      }
      double lambda = 25;
      double peak = lambda / (2 * Math.PI * pixels);
      double[] expected = new double[2 * pixels];
      for (int i = 0; i < expected.length; i++) {
        int centre = brightest(images, i / pixels, pixels, size[2]);
        double u = (double) (i % width - centre % width) / width;
        double v = (double) (i % pixels / width - centre / width) / height;
        expected[i] = peak * Math.exp(-lambda * (u * u + v * v) / 2);
      }
      for (int threads : Checks.BLOCKS) {
        for (int offset = 0; offset < 2; offset++) {
          Gpu gpu = new Gpu();
          long partial = gpu.emptyBytes(8 * 6);
          long map = gpu.empty(Element.F32, expected.length);
          Dim block = Dim.of(threads);
          gpu.launch(
              new GaussianMapLaunch.Brightest(
                  element,
                  gpu.of(element, images, offset),
                  0,
                  partial,
                  height,
                  width,
                  size[2],
                  Dim.of(3, 2),
                  block));
          gpu.launch(
              new GaussianMapLaunch.Density(
                  partial, map, 2, 3, height, width, lambda, peak, Dim.of(2), block));
          Checks.assertClose("map", expected, gpu.read(Element.F32, map, expected.length), 1e-7);
        }
      }
    }
  }

  private static int brightest(double[] images, int n, int pixels, int channels) {
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int p = 0; p < pixels; p++) {
      double value = images[(n * pixels + p) * channels];
      if (value > largest) {
        largest = value;
        best = p;
      }
    }
    return best;
  }

  /**
   * Of three images the first and last have a peak, the last one outside; only the second is read.
   */
  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void imagesWhosePeakIsGivenAreNotRead(Element element) {
    int height = 24;
    int width = 40;
    int pixels = height * width;
    double[] images = Gpu.normal(element, 3 * pixels, 14);
    int[] centres = {7 * width + 30, brightest(images, 1, pixels, 1), (height - 1) * width};
    Gpu gpu = new Gpu();
    long partial = gpu.emptyBytes(8 * 6);
    LaunchReport search =
        gpu.launch(
            new GaussianMapLaunch.Brightest(
                element,
                gpu.of(element, images),
                gpu.ints(30, 7, -1, -1, -1, height + 3),
                partial,
                height,
                width,
                1,
                Dim.of(2, 3),
                Dim.of(64)));
    // Each of the 64 threads of 6 blocks loads both coordinates.
    long peaks = 6L * 64 * 8;
    assertEquals((long) pixels * element.bytes() + peaks, search.globalLoads().bytes());
    long map = gpu.empty(Element.F32, 3L * pixels);
    gpu.launch(
        new GaussianMapLaunch.Density(
            partial, map, 3, 2, height, width, 25, 1, Dim.of(3), Dim.of(64)));
    double[] density = gpu.read(Element.F32, map, 3 * pixels);
    for (int n = 0; n < 3; n++) {
      assertEquals(1, density[n * pixels + centres[n]], "the density at the centre");
      assertEquals(centres[n], brightest(density, n, pixels, 1));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void imagesAreReadOnceAndMapsWrittenOnce(Element element) {
    Gpu gpu = new Gpu();
    int pixels = 64 * 64;
    double[] images = Gpu.normal(element, 3 * pixels, 13);
    long partial = gpu.emptyBytes(32);
    LaunchReport search =
        gpu.launch(
            new GaussianMapLaunch.Brightest(
                element, gpu.of(element, images), 0, partial, 64, 64, 3, Dim.of(4, 1), Dim.of(64)));
    assertEquals(3L * pixels * element.bytes(), search.globalLoads().bytes());
    assertEquals(3L * pixels * element.bytes() / 32, search.globalLoads().sectors());
    LaunchReport density =
        gpu.launch(
            new GaussianMapLaunch.Density(
                partial,
                gpu.empty(Element.F32, pixels),
                1,
                4,
                64,
                64,
                25,
                1,
                Dim.of(2),
                Dim.of(64)));
    assertEquals(4L * pixels, density.globalStores().bytes());
    assertEquals(4L * pixels / 32, density.globalStores().sectors());
    assertEquals(0, Arrays.stream(gpu.readInts(partial, 8)).filter(v -> v == 0).count());
  }
}
