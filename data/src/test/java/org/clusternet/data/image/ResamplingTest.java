package org.clusternet.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResamplingTest {
  private static final double NAN = Double.NaN;

  private static double[] noise(int size, long seed) {
    Random random = new Random(seed);
    return random.doubles((long) size * size, -1, 3).toArray();
  }

  @Test
  void sameSizeReturnsTheFieldItself() {
    double[] field = noise(5, 1);
    assertSame(field, Resampling.square(field, 5, 5));
  }

  @Test
  void wholeRatiosAverageBlocks() {
    double[] field = {1, 3, 10, 20, 5, 7, 30, 40, 0, 0, 2, 2, 0, 8, 2, 2};
    assertArrayEquals(new double[] {4, 25, 2, 2}, Resampling.square(field, 4, 2));
  }

  /** Every source pixel cut into to x to equal parts, each target pixel the mean of its parts. */
  private static double[] byParts(double[] field, int from, int to) {
    double[] result = new double[to * to];
    for (int y = 0; y < from * to; y++) {
      for (int x = 0; x < from * to; x++) {
        result[(y / from) * to + x / from] += field[(y / to) * from + x / to];
      }
    }
    return Arrays.stream(result).map(v -> v / ((double) from * from)).toArray();
  }

  @Test
  void anyRatioAveragesByArea() {
    int[][] sizes = {{8, 3}, {7, 5}, {16, 11}, {9, 1}, {12, 8}, {13, 12}};
    for (int[] size : sizes) {
      double[] field = noise(size[0], size[0]);
      double[] result = Resampling.square(field, size[0], size[1]);
      assertArrayEquals(byParts(field, size[0], size[1]), result, 1e-12);
      assertEquals(
          Arrays.stream(field).average().orElseThrow(),
          Arrays.stream(result).average().orElseThrow(),
          1e-13);
    }
  }

  @Test
  void enlargesAsPyTorchDoes() {
    // torch.nn.Upsample(scale_factor=2, mode="bilinear"), the example of its documentation.
    double[] expected = {
      1.00, 1.25, 1.75, 2.00, 1.50, 1.75, 2.25, 2.50, 2.50, 2.75, 3.25, 3.50, 3.00, 3.25, 3.75, 4.00
    };
    assertArrayEquals(expected, Resampling.square(new double[] {1, 2, 3, 4}, 2, 4), 1e-15);
  }

  @Test
  void enlargingReproducesAPlane() {
    int from = 7;
    int to = 17;
    double[] plane = new double[from * from];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = 2 * (i % from) - 3 * (i / from) + 1;
    }
    double[] result = Resampling.square(plane, from, to);
    int compared = 0;
    for (int y = 0; y < to; y++) {
      for (int x = 0; x < to; x++) {
        double u = (x + 0.5) * from / to - 0.5;
        double v = (y + 0.5) * from / to - 0.5;
        if (Math.min(u, v) >= 0 && Math.max(u, v) <= from - 1) {
          assertEquals(2 * u - 3 * v + 1, result[y * to + x], 1e-12);
          compared++;
        }
      }
    }
    assertTrue(compared > 100);
  }

  @Test
  void aSinglePixelFillsAnySize() {
    assertArrayEquals(new double[] {3, 3, 3, 3}, Resampling.square(new double[] {3}, 1, 2));
  }

  @Test
  void nanPixelsAreExcluded() {
    double[] field = {1, NAN, NAN, NAN, 3, 5, NAN, NAN, 1, 1, 4, 4, 1, 1, 4, NAN};
    assertArrayEquals(new double[] {3, NAN, 1, 4}, Resampling.square(field, 4, 2));
    double[] larger = Resampling.square(new double[] {NAN, 2, 2, 2}, 2, 4);
    assertTrue(Double.isNaN(larger[0]));
    for (int i = 1; i < larger.length; i++) {
      assertEquals(2, larger[i], 1e-15);
    }
  }
}
