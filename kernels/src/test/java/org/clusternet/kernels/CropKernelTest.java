package org.clusternet.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.clusternet.kernels.emulator.LaunchReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Resizing, attention maps and Gaussian maps at every block size against their formulae in F64. */
class CropKernelTest {
  private static final Dim GRID = Dim.of(5);

  static List<Object[]> resizes() {
    return List.of(
        new Object[] {new Resize(2, 3, 11, 9, 20, 17), new int[] {2, 1, 5, 8, 0, 0, 8, 10}},
        new Object[] {new Resize(1, 1, 7, 30, 33, 40), new int[] {29, 0, 29, 6}},
        new Object[] {new Resize(2, 4, 40, 37, 5, 6), new int[] {0, 0, 36, 39, 7, 3, 30, 38}},
        new Object[] {new Resize(1, 3, 16, 16, 16, 16), new int[] {0, 0, 15, 15}},
        new Object[] {new Resize(1, 70, 3, 2, 1, 50), new int[] {0, 1, 1, 2}});
  }

  /** Position of sample i between the values of an axis, as the definition has it. */
  private static double position(int i, int length, int target) {
    return Math.min(Math.max((i + 0.5) * length / target - 0.5, 0), length - 1);
  }

  /** Calls with the place of one of the four neighbours of an output element, and its weight. */
  private interface Neighbour {
    void of(int output, int input, double weight);
  }

  private static void walk(Resize r, int[] boxes, Neighbour neighbour) {
    for (int n = 0; n < r.samples(); n++) {
      int height = boxes[4 * n + 3] - boxes[4 * n + 1] + 1;
      int width = boxes[4 * n + 2] - boxes[4 * n] + 1;
      for (int i = 0; i < r.height() * r.width(); i++) {
        double v = position(i / r.width(), height, r.height());
        double u = position(i % r.width(), width, r.width());
        for (int corner = 0; corner < 4; corner++) {
          int y = Math.min((int) v + corner / 2, height - 1);
          int x = Math.min((int) u + corner % 2, width - 1);
          double down = corner / 2 == 1 ? v - (int) v : 1 - (v - (int) v);
          double along = corner % 2 == 1 ? u - (int) u : 1 - (u - (int) u);
          int at = (n * r.inHeight() + boxes[4 * n + 1] + y) * r.inWidth() + boxes[4 * n] + x;
          for (int c = 0; c < r.channels(); c++) {
            int output = (n * r.height() * r.width() + i) * r.channels() + c;
            neighbour.of(output, at * r.channels() + c, down * along);
          }
        }
      }
    }
  }

  private static int outputs(Resize r) {
    return r.samples() * r.channels() * r.height() * r.width();
  }

  @ParameterizedTest
  @MethodSource("resizes")
  void cropsAreInterpolated(Resize r, int[] boxes) {
    for (Element element : List.of(Element.F32, Element.BF16)) {
      double[] image = Gpu.normal(element, (int) r.inElements(), 1);
      double[] expected = new double[outputs(r)];
      walk(r, boxes, (output, input, weight) -> expected[output] += weight * image[input]);
      for (int threads : new int[] {32, 64, 96, 256, Resize.MAX_THREADS}) {
        Gpu gpu = new Gpu();
        long crop = gpu.empty(element, expected.length);
        gpu.launch(
            new CropResizeLaunch.Forward(
                element, gpu.of(element, image), gpu.ints(boxes), crop, r, GRID, Dim.of(threads)));
        Checks.assertClose(
            "crop", expected, gpu.read(element, crop, expected.length), Checks.tolerance(element));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("resizes")
  void gradientsOfCropsAreGathered(Resize r, int[] boxes) {
    for (Element element : List.of(Element.F32, Element.BF16)) {
      double[] upstream = Gpu.normal(element, outputs(r), 2);
      double[] expected = new double[(int) r.inElements()];
      walk(r, boxes, (output, input, weight) -> expected[input] += weight * upstream[output]);
      for (int threads : new int[] {32, 1024}) {
        Gpu gpu = new Gpu();
        long gradient = gpu.empty(element, expected.length);
        gpu.launch(
            new CropResizeLaunch.Backward(
                element,
                gpu.of(element, upstream),
                gpu.ints(boxes),
                gradient,
                r,
                GRID,
                Dim.of(threads)));
        Checks.assertClose(
            "gradient",
            expected,
            gpu.read(element, gradient, expected.length),
            Checks.tolerance(element));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("resizes")
  void resizingIsCroppingTheWholeImage(Resize r, int[] boxes) {
    int[] whole = new int[boxes.length];
    for (int n = 0; n < r.samples(); n++) {
      whole[4 * n + 2] = r.inWidth() - 1;
      whole[4 * n + 3] = r.inHeight() - 1;
    }
    Gpu gpu = new Gpu();
    Dim block = Dim.of(64);
    Element element = Element.F32;
    long image = gpu.of(element, Gpu.normal(element, (int) r.inElements(), 3));
    long box = gpu.ints(whole);
    long crop = gpu.empty(element, outputs(r));
    long resized = gpu.empty(element, outputs(r));
    gpu.launch(new CropResizeLaunch.Forward(element, image, box, crop, r, GRID, block));
    gpu.launch(new ResizeBilinearLaunch.Forward(element, image, resized, r, GRID, block));
    assertArrayEquals(gpu.read(element, crop, outputs(r)), gpu.read(element, resized, outputs(r)));
    long first = gpu.empty(element, r.inElements());
    long second = gpu.empty(element, r.inElements());
    gpu.launch(new CropResizeLaunch.Backward(element, crop, box, first, r, GRID, block));
    gpu.launch(new ResizeBilinearLaunch.Backward(element, crop, second, r, GRID, block));
    assertArrayEquals(
        gpu.read(element, first, (int) r.inElements()),
        gpu.read(element, second, (int) r.inElements()));
  }

  /**
   * The network's crop from a box of half the side: whole sectors, each source row fetched once.
   */
  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void cropsMoveWholeSectors(Element element) {
    Resize r = new Resize(1, 3, 128, 128, 128, 128);
    Gpu gpu = new Gpu();
    long image = gpu.of(element, Gpu.normal(element, (int) r.inElements(), 4));
    long crop = gpu.empty(element, outputs(r));
    LaunchReport report =
        gpu.launch(
            new CropResizeLaunch.Forward(
                element, image, gpu.ints(32, 32, 95, 95), crop, r, Dim.of(8), Dim.of(128)));
    long bytes = (long) outputs(r) * element.bytes();
    assertEquals(bytes, report.globalStores().bytes());
    assertEquals(bytes / 32, report.globalStores().sectors());
    long boxes = 128 * 8 * 16;
    // Of 64 rows each strip of 16 fetches 9 or 10, left and right: two loads an element of them.
    long rows = 7 * 10 + 9;
    assertTrue(report.globalLoads().bytes() <= 2 * rows * 3 * 128 * element.bytes() + boxes);
    assertTrue(report.globalLoads().sectors() * 32 <= 1.3 * report.globalLoads().bytes());
  }

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

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void gaussiansLieAboutTheFirstOfTheBrightest(Element element) {
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
                  partial,
                  pixels,
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
                element, gpu.of(element, images), partial, pixels, 3, Dim.of(4, 1), Dim.of(64)));
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
