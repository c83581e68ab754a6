package org.clusternet.engine.cpu.winograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.clusternet.engine.Devices;
import org.clusternet.engine.cpu.Simd;
import org.clusternet.engine.op.Conv2d;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Calls;
import org.clusternet.engine.testing.Closeness;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Winograd's convolution over several blocks of tiles, against the oracle's plain loops. */
class Conv2dWinogradTest {
  private static final int SIDE = 16;

  @BeforeAll
  static void requireVectorInstructions() {
    assertTrue(Simd.hasVectors(), "no vector instructions");
  }

  @ParameterizedTest(name = "{0} threads, padding {1}, {2} x {3} x {4} x {5} to {6} channels")
  @CsvSource({
    "1, 1, 2, 16, 70, 67, 32",
    "2, 1, 2, 16, 70, 67, 32",
    "3, 1, 2, 32, 41, 40, 16",
    "2, 0, 1, 16, 50, 51, 16",
    "2, 2, 1, 16, 30, 33, 16",
    "3, 1, 1, 16, 2, 2, 16",
    "2, 1, 1, 16, 19, 21, 32",
    "40, 1, 1, 16, 16, 16, 16",
    "40, 1, 1, 32, 64, 33, 48"
  })
  void agreesWithTheOracle(
      int threads, int padding, int images, int inputs, int height, int width, int outputs) {
    TensorType x = TensorType.of(DType.F64, images, inputs, height, width);
    TensorType w = TensorType.of(DType.F64, outputs, inputs, 3, 3);
    double[][] expected;
    try (Device oracle = Devices.cpu(1)) {
      expected = convolve(oracle, x, w, padding);
    }
    try (Device device = Devices.cpu(threads)) {
      double[][] actual = convolve(device, x.as(DType.F32), w.as(DType.F32), padding);
      for (int k = 0; k < expected.length; k++) {
        Closeness.assertClose("output " + k, expected[k], actual[k], 1e-5, 1e-5);
      }
      assertEquals(0, device.memory().liveBytes());
    }
  }

  @ParameterizedTest(name = "{0} threads")
  @ValueSource(ints = {2, 3, 5, 40})
  void theNumberOfThreadsChangesNoBit(int threads) {
    TensorType x = TensorType.of(DType.F32, 2, 32, 71, 67);
    TensorType w = TensorType.of(DType.F32, 64, 32, 3, 3);
    try (Device one = Devices.cpu(1);
        Device many = Devices.cpu(threads)) {
      assertArrayEquals(convolve(one, x, w, 1), convolve(many, x, w, 1));
    }
  }

  @ParameterizedTest(name = "{0} threads, {1} x {1} pixels")
  @CsvSource({"1, 16", "2, 16", "2, 47", "3, 64", "40, 16"})
  void theGradientOfManyWeightsIsTheirSum(int threads, int side) {
    TensorType x = TensorType.of(DType.F32, 1, 176, side, side);
    TensorType w = TensorType.of(DType.F32, 192, 176, 3, 3);
    Random random = new Random(5);
    Calls.Numbers pixels = numbers(random, x);
    double[] upstream = numbers(random, TensorType.of(DType.F32, 1, 192, side, side)).values();
    double[] actual;
    try (Device device = Devices.cpu(threads)) {
      Conv2d op = new Conv2d(1, 1);
      actual = Calls.gradient(device, op, 1, upstream, pixels, numbers(random, w));
    }
    for (int sample = 0; sample < 200; sample++) {
      int at = random.nextInt(actual.length);
      double expected = sum(pixels.values(), upstream, side, at);
      assertEquals(expected, actual[at], 2e-5 * side, "weight " + at);
    }
  }

  /** The gradient of one of (192, 176, 3, 3) weights, for the padding of 1. */
  private static double sum(double[] x, double[] dy, int side, int at) {
    int channel = at / 9 % 176;
    int output = at / 9 / 176;
    double sum = 0;
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        int r = row + at % 9 / 3 - 1;
        int c = column + at % 3 - 1;
        if (r >= 0 && c >= 0 && r < side && c < side) {
          sum += dy[(output * side + row) * side + column] * x[(channel * side + r) * side + c];
        }
      }
    }
    return sum;
  }

  @Test
  void nanSpreads() {
    TensorType x = TensorType.of(DType.F32, 1, 16, SIDE, SIDE);
    TensorType w = TensorType.of(DType.F32, 16, 16, 3, 3);
    double[] pixels = numbers(new Random(1), x).values();
    pixels[0] = Double.NaN;
    try (Device device = Devices.cpu(1)) {
      double[] y =
          Calls.run(
              device, new Conv2d(1, 1), new Calls.Numbers(x, pixels), numbers(new Random(2), w))[0];
      for (int channel = 0; channel < 16; channel++) {
        assertTrue(Double.isNaN(y[channel * SIDE * SIDE]), "channel " + channel);
      }
    }
  }

  /** y, and the gradients of x and w. */
  private static double[][] convolve(Device device, TensorType x, TensorType w, int padding) {
    Random random = new Random(7);
    Conv2d op = new Conv2d(1, padding);
    Calls.Numbers pixels = numbers(random, x);
    Calls.Numbers weights = numbers(random, w);
    double[] y = Calls.run(device, op, pixels, weights)[0];
    double[] upstream = IntStream.range(0, y.length).mapToDouble(i -> value(random)).toArray();
    return new double[][] {
      y,
      Calls.gradient(device, op, 0, upstream, pixels, weights),
      Calls.gradient(device, op, 1, upstream, pixels, weights)
    };
  }

  private static Calls.Numbers numbers(Random random, TensorType type) {
    double[] values = new double[Math.toIntExact(type.shape().elements())];
    Arrays.setAll(values, i -> value(random));
    return new Calls.Numbers(type, values);
  }

  private static double value(Random random) {
    return (float) random.nextGaussian();
  }
}
