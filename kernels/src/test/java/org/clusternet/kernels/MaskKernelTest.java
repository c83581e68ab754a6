package org.clusternet.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.clusternet.kernels.emulator.LaunchReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The kernels between logits and boxes, at every block size, aligned and not, against plain loops.
 */
class MaskKernelTest {
  private static final Dim GRID = Dim.of(3);

  private static byte[] mask(int n, int oneIn, long seed) {
    Random random = new Random(seed);
    byte[] mask = new byte[n];
    for (int i = 0; i < n; i++) {
      mask[i] = (byte) (random.nextInt(oneIn) == 0 ? 1 + random.nextInt(255) : 0);
    }
    return mask;
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void argMaxTakesTheFirstOfTheLargest(Element element) {
    int rows = 700;
    int classes = 5;
    double[] x = Gpu.normal(element, rows * classes, 1);
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 7 == 0 ? Double.NaN : Math.rint(x[i]);
    }
    int[] expected = new int[rows];
    for (int n = 0; n < rows; n++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < classes; k++) {
        if (x[n * classes + k] > largest) {
          largest = x[n * classes + k];
          expected[n] = k;
        }
      }
    }
    for (int threads : Checks.BLOCKS) {
      Gpu gpu = new Gpu();
      long index = gpu.emptyBytes(4L * rows);
      gpu.launch(
          new ArgMaxLaunch(
              element, gpu.of(element, x), index, rows, classes, Dim.of(2), Dim.of(threads)));
      assertArrayEquals(expected, gpu.readInts(index, rows));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void thresholdComparesEveryElement(Element element) {
    double[] x = Gpu.normal(element, 1003, 2);
    x[17] = 0.75;
    x[500] = Double.NaN;
    byte[] expected = new byte[x.length];
    for (int i = 0; i < x.length; i++) {
      expected[i] = (byte) (x[i] >= 0.75 ? 1 : 0);
    }
    for (int threads : Checks.BLOCKS) {
      for (int offset = 0; offset < 2; offset++) {
        Gpu gpu = new Gpu();
        long mask = gpu.emptyBytes(x.length);
        gpu.launch(
            new ThresholdLaunch(
                element, gpu.of(element, x, offset), mask, x.length, 0.75f, GRID, Dim.of(threads)));
        assertArrayEquals(expected, gpu.readBytes(mask, x.length));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void thresholdMovesEveryTensorOnce(Element element) {
    Gpu gpu = new Gpu();
    int n = 4096;
    long x = gpu.of(element, Gpu.normal(element, n, 3));
    LaunchReport report =
        gpu.launch(new ThresholdLaunch(element, x, gpu.emptyBytes(n), n, 0, GRID, Dim.of(256)));
    Checks.assertTraffic(report, (long) n * element.bytes(), n);
    assertEquals(n * element.bytes() / 16 / 32, report.globalLoads().requests(), "of 16 bytes");
  }

  @Test
  void masksAreUnitedAndIntersected() {
    byte[] a = mask(1037, 2, 4);
    byte[] b = mask(1037, 3, 5);
    byte[] union = new byte[a.length];
    byte[] intersection = new byte[a.length];
    for (int i = 0; i < a.length; i++) {
      union[i] = (byte) (a[i] != 0 || b[i] != 0 ? 1 : 0);
      intersection[i] = (byte) (a[i] != 0 && b[i] != 0 ? 1 : 0);
    }
    for (int threads : Checks.BLOCKS) {
      for (boolean either : new boolean[] {true, false}) {
        Gpu gpu = new Gpu();
        long mask = gpu.emptyBytes(a.length);
        gpu.launch(
            new MaskCombineLaunch(
                either, gpu.bytes(a), gpu.bytes(b), mask, a.length, GRID, Dim.of(threads)));
        assertArrayEquals(either ? union : intersection, gpu.readBytes(mask, a.length));
        gpu.launch(
            new MaskCombineLaunch(
                either,
                gpu.bytes(a) + 1,
                gpu.bytes(b) + 1,
                mask + 1,
                a.length - 1,
                GRID,
                Dim.of(threads)));
        assertArrayEquals(either ? union : intersection, gpu.readBytes(mask, a.length));
      }
    }
  }

  @Test
  void masksAreMovedOnce() {
    Gpu gpu = new Gpu();
    int n = 8192;
    long a = gpu.bytes(mask(n, 2, 6));
    long b = gpu.bytes(mask(n, 2, 7));
    Checks.assertTraffic(
        gpu.launch(new MaskCombineLaunch(true, a, b, gpu.emptyBytes(n), n, GRID, Dim.of(128))),
        2L * n,
        n);
    LaunchReport box =
        gpu.launch(new BoundingBoxLaunch(a, gpu.emptyBytes(32), 2, 64, 64, Dim.of(2), Dim.of(128)));
    assertEquals(n / 32, box.globalLoads().sectors());
    assertEquals(n / 16 / 32, box.globalLoads().requests(), "of 16 bytes");
  }

  @Test
  void boxesEncloseAllSetPixels() {
    int samples = 4;
    for (int[] size : new int[][] {{9, 16}, {33, 48}, {7, 5}, {1, 1}, {20, 31}}) {
      int pixels = size[0] * size[1];
      byte[] masks = mask(samples * pixels, Math.max(2, pixels / 3), 8);
      Arrays.fill(masks, 0, pixels, (byte) 0);
      int[] expected = new int[4 * samples];
      for (int n = 0; n < samples; n++) {
        System.arraycopy(box(masks, n, size[0], size[1]), 0, expected, 4 * n, 4);
      }
      for (int threads : Checks.BLOCKS) {
        Gpu gpu = new Gpu();
        long boxes = gpu.emptyBytes(16L * samples);
        gpu.launch(
            new BoundingBoxLaunch(
                gpu.bytes(masks), boxes, samples, size[0], size[1], GRID, Dim.of(threads)));
        assertArrayEquals(expected, gpu.readInts(boxes, expected.length));
      }
    }
  }

  private static int[] box(byte[] masks, int n, int height, int width) {
    int[] box = {width, height, -1, -1};
    for (int i = 0; i < height * width; i++) {
      if (masks[n * height * width + i] != 0) {
        box[0] = Math.min(box[0], i % width);
        box[1] = Math.min(box[1], i / width);
        box[2] = Math.max(box[2], i % width);
        box[3] = Math.max(box[3], i / width);
      }
    }
    return box[2] < 0 ? new int[] {0, 0, width - 1, height - 1} : box;
  }

  private static long normalised(
      Gpu gpu, Element element, long x, int samples, int size, Dim grid, int threads) {
    long partial = gpu.emptyBytes(8L * grid.count());
    long y = gpu.empty(element, (long) samples * size);
    Dim block = Dim.of(threads);
    gpu.launch(new MinMaxNormaliseLaunch.Extremes(element, x, partial, size, grid, block));
    gpu.launch(new MinMaxNormaliseLaunch.Apply(element, x, partial, y, size, grid, block));
    return y;
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void normalisesEverySampleByItsOwnExtremes(Element element) {
    for (int size : new int[] {264, 301, 3, 1}) {
      int samples = 3;
      double[] x = Gpu.normal(element, samples * size, 9);
      Arrays.fill(x, size, 2 * size, 0.5);
      x[0] = size > 100 ? Double.NaN : x[0];
      double[] expected = new double[x.length];
      for (int n = 0; n < samples; n++) {
        double[] sample = Arrays.copyOfRange(x, n * size, (n + 1) * size);
        double least = Arrays.stream(sample).filter(v -> !Double.isNaN(v)).min().orElse(0);
        double largest = Arrays.stream(sample).filter(v -> !Double.isNaN(v)).max().orElse(0);
        for (int i = 0; i < size; i++) {
          double v = largest > least ? (float) ((sample[i] - least) / (largest - least)) : 0;
          expected[n * size + i] = Gpu.rounded(element, v);
        }
      }
      for (int threads : Checks.BLOCKS) {
        for (int offset = 0; offset < 2; offset++) {
          Gpu gpu = new Gpu();
          long at = gpu.of(element, x, offset);
          long y = normalised(gpu, element, at, samples, size, Dim.of(2, samples), threads);
          assertArrayEquals(expected, gpu.read(element, y, x.length));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void normalisingReadsTwiceAndWritesOnce(Element element) {
    Gpu gpu = new Gpu();
    int size = 4096;
    long x = gpu.of(element, Gpu.normal(element, 2 * size, 10));
    long partial = gpu.emptyBytes(64);
    Dim grid = Dim.of(4, 2);
    Dim block = Dim.of(64);
    long bytes = 2L * size * element.bytes();
    LaunchReport first =
        gpu.launch(new MinMaxNormaliseLaunch.Extremes(element, x, partial, size, grid, block));
    assertEquals(bytes, first.globalLoads().bytes());
    assertEquals(bytes / 32, first.globalLoads().sectors());
    LaunchReport second =
        gpu.launch(
            new MinMaxNormaliseLaunch.Apply(
                element, x, partial, gpu.empty(element, 2L * size), size, grid, block));
    assertEquals(bytes, second.globalStores().bytes());
    assertEquals(bytes / 32, second.globalStores().sectors());
  }
}
