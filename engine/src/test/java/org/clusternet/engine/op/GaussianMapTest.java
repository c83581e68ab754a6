package org.clusternet.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.OpException;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Call;
import org.clusternet.engine.testing.Messages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Eq. 5 and 6 of the paper at chosen points, and where the centre goes. */
class GaussianMapTest {
  private static final Device CPU = Devices.cpu(2);

  @AfterAll
  static void close() {
    CPU.close();
  }

  private static double[] map(DType dtype, double lambda, double[] image, int... dims) {
    return Call.of(CPU, new GaussianMap(lambda)).with(dtype, image, dims).run();
  }

  private static int argMax(double[] map) {
    int best = 0;
    for (int i = 1; i < map.length; i++) {
      best = map[i] > map[best] ? i : best;
    }
    return best;
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void followsTheFormula(DType dtype) {
    double[] image = new double[20 * 10];
    image[6 * 10 + 3] = 2;
    double[] p = map(dtype, 25, image, 1, 1, 20, 10);
    // sigma_x = 10 / 5 = 2, sigma_y = 20 / 5 = 4
    double peak = 1 / (2 * Math.PI * 2 * 4);
    double relative = dtype == DType.F64 ? 1e-14 : 1e-7;
    assertEquals(peak, p[6 * 10 + 3], peak * relative);
    assertEquals(peak * Math.exp(-0.5), p[6 * 10 + 5], peak * relative);
    assertEquals(peak * Math.exp(-0.5), p[10 * 10 + 3], peak * relative);
    assertEquals(peak * Math.exp(-0.125 - 2), p[14 * 10 + 2], peak * relative);
    assertEquals(peak * Math.exp(-9 / 8.0 - 36 / 32.0), p[0], peak * relative);
  }

  /** A density: with the centre far from the borders, nearly all of it lies inside. */
  @Test
  void sumsToOne() {
    double[] image = new double[101 * 77];
    image[50 * 77 + 38] = 1;
    double sum = 0;
    for (double p : map(DType.F64, 144, image, 1, 1, 101, 77)) {
      sum += p;
    }
    assertEquals(1, sum, 1e-8);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void centresOnTheFirstOfEquallyBrightPixels(DType dtype) {
    double[] image = {0, 1, 5, 0, 5, 5, 0, 0, 0, 0, 0, 5};
    assertEquals(2, argMax(map(dtype, 25, image, 1, 1, 3, 4)));
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void ignoresNan(DType dtype) {
    double nan = Double.NaN;
    double[] image = {nan, 1, nan, 0, 3, nan};
    assertEquals(4, argMax(map(dtype, 25, image, 1, 1, 2, 3)));
    assertEquals(0, argMax(map(dtype, 25, new double[] {nan, nan, nan, nan}, 1, 1, 2, 2)));
  }

  /** Inside, absent, and beyond each side, of images of 3 x 4 whose brightest pixel is number 7. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void centresOnTheGivenPeakMovedIntoTheImage(DType dtype) {
    double[] peaks = {2, 1, -1, -1, 4, 0, -1, 2, 1, -3, Integer.MAX_VALUE, Integer.MIN_VALUE};
    int[] expected = {1 * 4 + 2, 7, 3, 2 * 4, 1, 3};
    double[] images = new double[6 * 12];
    for (int n = 0; n < 6; n++) {
      images[n * 12 + 7] = 1;
    }
    double[] maps =
        Call.of(CPU, new GaussianMap(25))
            .with(dtype, images, 6, 1, 3, 4)
            .with(DType.I32, peaks, 6, 2)
            .run();
    for (int n = 0; n < 6; n++) {
      assertEquals(expected[n], argMax(Arrays.copyOfRange(maps, 12 * n, 12 * n + 12)));
    }
  }

  @Test
  void refusesPeaksThatAreNotOnePairOfIntegersPerImage() {
    TensorType image = TensorType.of(DType.F32, 2, 3, 8, 8);
    String start = "GaussianMap[lambda=25.0] of F32(2, 3, 8, 8), ";
    assertEquals(
        start + "I32(3, 2): operand 1 must have shape (2, 2)",
        message(image, TensorType.of(DType.I32, 3, 2)));
    assertEquals(
        start + "F32(2, 2): operand 1 must be I32", message(image, TensorType.of(DType.F32, 2, 2)));
  }

  private static String message(TensorType... types) {
    return Messages.of(
        assertThrows(OpException.class, () -> new GaussianMap(25).infer(List.of(types))));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesALambdaThatIsNotPositiveAndFinite(double lambda) {
    OpException e =
        assertThrows(
            OpException.class,
            () -> new GaussianMap(lambda).infer(List.of(TensorType.of(DType.F32, 1, 3, 8, 8))));
    assertEquals(
        "GaussianMap[lambda=" + lambda + "] of F32(1, 3, 8, 8): lambda must be positive and finite",
        Messages.of(e));
  }
}
