package org.clusternet.engine.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Calls;
import org.clusternet.engine.testing.Closeness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The fused convolution over several blocks, what it keeps of frozen weights, and NaN. */
class FusedConv2dTest {

  /** What is convolved: numbers exact in F32. */
  private record Numbers(double[] x, double[] w, double[] bias, double[] residual) {}

  private final Random random = new Random(11);

  private double[] normal(int count, double scale) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> (float) (scale * random.nextGaussian()));
    return values;
  }

  private static double[] run(
      Device device, FusedConv2d op, DType dtype, int[] x, int[] w, Numbers numbers) {
    DType bias = dtype == DType.BF16 ? DType.F32 : dtype;
    TensorType image = TensorType.of(dtype, x);
    TensorType weight = TensorType.of(dtype, w);
    TensorType shift = TensorType.of(bias, w[0]);
    TensorType y = op.infer(List.of(image, weight, shift)).get(0);
    return Calls.run(
        device,
        op,
        new Calls.Numbers(image, numbers.x()),
        new Calls.Numbers(weight, numbers.w()),
        new Calls.Numbers(shift, numbers.bias()),
        new Calls.Numbers(y, numbers.residual()))[0];
  }

  /** By Winograd's algorithm in several blocks and lanes, and directly; edges stick out. */
  @ParameterizedTest(name = "{0} threads, stride {1}, {2} x {3} x {4} x {5} to {6} channels")
  @CsvSource({
    "1, 1, 2, 16, 70, 67, 32",
    "2, 1, 2, 16, 71, 67, 32",
    "3, 1, 3, 32, 41, 40, 16",
    "2, 1, 2, 32, 7, 8, 32",
    "2, 2, 2, 16, 41, 40, 32"
  })
  void agreesWithTheOracle(
      int threads, int stride, int images, int inputs, int height, int width, int outputs) {
    FusedConv2d op = new FusedConv2d(stride, 1, true);
    int[] x = {images, inputs, height, width};
    int[] w = {outputs, inputs, 3, 3};
    int pixels = ((height - 1) / stride + 1) * ((width - 1) / stride + 1);
    Numbers numbers =
        new Numbers(
            normal(images * inputs * height * width, 1),
            normal(outputs * inputs * 9, 0.1),
            normal(outputs, 1),
            normal(images * outputs * pixels, 1));
    double[] expected;
    try (Device oracle = Devices.cpu(1)) {
      expected = run(oracle, op, DType.F64, x, w, numbers);
    }
    assertTrue(Arrays.stream(expected).anyMatch(v -> v == 0), "the ReLU did something");
    try (Device device = Devices.cpu(threads)) {
      double[] actual = run(device, op, DType.F32, x, w, numbers);
      Closeness.assertClose("y", expected, actual, 1e-5, 1e-5);
      assertEquals(0, device.memory().liveBytes());
    }
  }

  /** A convolution with a frozen weight, at two batch sizes, of which each may need its own. */
  @ParameterizedTest
  @CsvSource({"F32, 16, 24", "F32, 64, 7", "BF16, 32, 9", "F32, 5, 6"})
  void whatIsKeptOfAFrozenWeightServesEveryCall(DType dtype, int channels, int side) {
    FusedConv2d op = new FusedConv2d(1, 1, true);
    try (Device device = Devices.cpu(2)) {
      try (Scope weights = device.scope()) {
        double[] numbers = normal(channels * channels * 9, 0.1);
        Tensor w = tensor(device, weights, TensorType.of(dtype, channels, channels, 3, 3), numbers);
        Tensor frozen = tensor(device, weights, w.type(), numbers).freeze();
        Tensor bias =
            tensor(device, weights, TensorType.of(DType.F32, channels), normal(channels, 1));
        long before = device.memory().liveBytes();
        double[] once = convolve(device, op, w, bias, 1, side);
        assertEquals(before, device.memory().liveBytes(), "nothing is kept");
        assertArrayEquals(once, convolve(device, op, frozen, bias, 1, side));
        long kept = device.memory().liveBytes();
        long most = most(w, 16);
        assertTrue(kept - before <= most, "kept=" + (kept - before));
        assertArrayEquals(once, convolve(device, op, frozen, bias, 1, side));
        assertEquals(kept, device.memory().liveBytes(), "kept once");
        double[] three = convolve(device, op, frozen, bias, 3, side);
        assertArrayEquals(convolve(device, op, w, bias, 3, side), three);
        long both = device.memory().liveBytes();
        assertTrue(both - kept <= most(w, 36), "of the larger tiles: " + (both - kept));
        assertArrayEquals(once, convolve(device, op, frozen, bias, 1, side));
        assertArrayEquals(three, convolve(device, op, frozen, bias, 3, side));
        assertEquals(both, device.memory().liveBytes(), "for all batch sizes");
      }
      assertEquals(0, device.memory().liveBytes(), "ends with the weight");
    }
  }

  /** Twice so many planes of a 3 x 3 weight, and what lies between planes. */
  private static long most(Tensor w, int planes) {
    return 2L * planes * w.type().bytes() / 9 + (1 << 18);
  }

  private static double[] convolve(
      Device device, FusedConv2d op, Tensor w, Tensor bias, int batch, int side) {
    try (Scope scope = device.scope()) {
      TensorType type = TensorType.of(w.dtype(), batch, w.dim(1), side, side);
      double[] pixels = new double[Math.toIntExact(type.shape().elements())];
      Random same = new Random(5);
      Arrays.setAll(pixels, i -> same.nextGaussian());
      Tensor x = tensor(device, scope, type, pixels);
      return HostValues.get(device, new Eager(device, scope).apply(op, x, w, bias));
    }
  }

  private static Tensor tensor(Device device, Scope scope, TensorType type, double[] values) {
    return HostValues.of(device, scope, type, values);
  }

  /** Directly (few tiles, or a stride) and by Winograd's algorithm. */
  @ParameterizedTest
  @CsvSource({"1, 6", "1, 24", "2, 24"})
  void reluDoesNotHideNaN(int stride, int side) {
    FusedConv2d op = new FusedConv2d(stride, 1, true);
    double[] pixels = normal(16 * side * side, 1);
    pixels[0] = Double.NaN;
    try (Device device = Devices.cpu(1)) {
      double[] y =
          Calls.run(
              device,
              op,
              new Calls.Numbers(TensorType.of(DType.F32, 1, 16, side, side), pixels),
              new Calls.Numbers(TensorType.of(DType.F32, 16, 16, 3, 3), normal(16 * 16 * 9, 1)),
              new Calls.Numbers(TensorType.of(DType.F32, 16), normal(16, 1)))[0];
      int out = y.length / 16;
      for (int channel = 0; channel < 16; channel++) {
        assertTrue(Double.isNaN(y[channel * out]), "channel " + channel);
        assertFalse(Double.isNaN(y[channel * out + out - 1]), "far away");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void agreesWithConvolutionAndNormalisation(DType dtype) {
    TensorType x = TensorType.of(dtype, 2, 16, 20, 20);
    double[] w = normal(16 * 16 * 9, 0.1);
    double[] bias = normal(16, 1);
    try (Device device = Devices.cpu(2);
        Scope scope = device.scope()) {
      Eager run = new Eager(device, scope);
      Tensor image = tensor(device, scope, x, normal(2 * 16 * 400, 1));
      Tensor shift = tensor(device, scope, TensorType.of(DType.F32, 16), bias);
      Tensor zeros = tensor(device, scope, TensorType.of(DType.F32, 16), new double[16]);
      double[] one = new double[16];
      Arrays.fill(one, 1);
      Tensor ones = tensor(device, scope, TensorType.of(DType.F32, 16), one);
      Tensor weight = tensor(device, scope, TensorType.of(dtype, 16, 16, 3, 3), w);
      Tensor wide = run.apply(new Cast(DType.F32), weight);
      Tensor a = run.apply(new Conv2d(1, 1), image, dtype == DType.F32 ? weight : wide);
      Tensor expected =
          run.apply(new BatchNorm.Inference(0, true), a, ones, shift, zeros, ones, image);
      Tensor actual = run.apply(new FusedConv2d(1, 1, true), image, weight, shift, image);
      Closeness.assertClose(
          "y",
          HostValues.get(device, expected),
          HostValues.get(device, actual),
          dtype == DType.F32 ? 1e-6 : 1.0 / 128,
          0);
    }
  }

  @Test
  void operandsThatDoNotFitAreRefused() {
    TensorType x = TensorType.of(DType.BF16, 1, 3, 8, 8);
    TensorType bias = TensorType.of(DType.F32, 4);
    Calls.assertRefused(
        "FusedConv2d[stride=1, padding=1, relu=true] of BF16(1, 3, 8, 8), F32(4, 3, 3, 3), F32(4):"
            + " operand 1 must be BF16",
        new FusedConv2d(1, 1, true),
        x,
        TensorType.of(DType.F32, 4, 3, 3, 3),
        bias);
    Calls.assertRefused(
        "FusedConv2d[stride=2, padding=1, relu=false] of BF16(1, 3, 8, 8), BF16(4, 3, 3, 3),"
            + " F32(4), BF16(1, 4, 8, 8): operand 3 must have shape (1, 4, 4, 4)",
        new FusedConv2d(2, 1, false),
        x,
        TensorType.of(DType.BF16, 4, 3, 3, 3),
        bias,
        TensorType.of(DType.BF16, 1, 4, 8, 8));
  }
}
