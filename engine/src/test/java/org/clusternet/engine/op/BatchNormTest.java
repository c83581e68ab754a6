package org.clusternet.engine.op;

import static org.clusternet.engine.testing.Calls.dims;
import static org.clusternet.engine.testing.Calls.f64;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Calls;
import org.clusternet.engine.testing.Closeness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Batch normalisation worked out by hand, and what becomes of NaN. */
class BatchNormTest {
  private static final Device CPU = Devices.cpu(1);
  private static final int[] ROW = dims(1, 1, 1, 4);

  @AfterAll
  static void close() {
    CPU.close();
  }

  /** Mean 2.5, biased variance 1.25, unbiased 5/3. */
  @Test
  void runningStatisticsTakeTheUnbiasedVariance() {
    double[][] outputs =
        Calls.run(
            CPU,
            new BatchNorm(0, 0.1, false),
            f64(ROW, 1, 2, 3, 4),
            f64(dims(1), 2),
            f64(dims(1), 10),
            f64(dims(1), 0.5),
            f64(dims(1), 1));
    double unit = 1 / Math.sqrt(1.25);
    double[] y = {10 - 3 * unit, 10 - unit, 10 + unit, 10 + 3 * unit};
    assertArrayEquals(y, outputs[0], 1e-12);
    assertArrayEquals(new double[] {2.5}, outputs[1], 1e-15);
    assertArrayEquals(new double[] {1.25}, outputs[2], 1e-15);
    assertEquals(0.9 * 0.5 + 0.1 * 2.5, outputs[3][0], 1e-15);
    assertEquals(0.9 + 0.1 * 5 / 3, outputs[4][0], 1e-15);
  }

  @Test
  void reluDoesNotHideNaN() {
    for (DType dtype : new DType[] {DType.F64, DType.F32, DType.BF16}) {
      DType parameters = dtype == DType.F64 ? DType.F64 : DType.F32;
      Calls.Numbers one = new Calls.Numbers(TensorType.of(parameters, 1), 1);
      double[] y =
          Calls.run(
              CPU,
              new BatchNorm(1e-5, 0.1, true),
              new Calls.Numbers(TensorType.of(dtype, ROW), 1, Double.NaN, 3, 4),
              one,
              one,
              one,
              one,
              new Calls.Numbers(TensorType.of(dtype, ROW), 1, 1, 1, 1))[0];
      assertTrue(Arrays.stream(y).anyMatch(Double::isNaN), dtype + ": " + Arrays.toString(y));
    }
  }

  @Test
  void oneValuePerChannelIsRefused() {
    TensorType channels = TensorType.of(DType.F32, 3);
    Calls.assertRefused(
        "BatchNorm[eps=1.0E-5, momentum=0.1, relu=true] of F32(1, 3, 1, 1), F32(3), F32(3), F32(3),"
            + " F32(3): one value per channel has no variance; use a larger batch or image",
        new BatchNorm(1e-5, 0.1, true),
        TensorType.of(DType.F32, 1, 3, 1, 1),
        channels,
        channels,
        channels,
        channels);
  }

  /** Enough pixels for several stretches, none of which is whole, far from zero. */
  private static final int[] LONG = dims(3, 48, 71, 67);

  @Test
  void manyPixelsFarFromZeroAgreeWithTheOracle() {
    double[][] expected = forwardAndBackward(CPU, DType.F64);
    double[][] actual = forwardAndBackward(CPU, DType.F32);
    for (int k = 0; k < expected.length; k++) {
      Closeness.assertClose("output " + k, expected[k], actual[k], 1e-5, 1e-30);
    }
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    double[][] one = forwardAndBackward(CPU, DType.F32);
    for (int threads = 2; threads <= 3; threads++) {
      try (Device device = Devices.cpu(threads)) {
        double[][] several = forwardAndBackward(device, DType.F32);
        for (int k = 0; k < one.length; k++) {
          assertArrayEquals(one[k], several[k], 0, threads + " threads, output " + k);
        }
      }
    }
  }

  /** Outputs of the op with residual and ReLU, then the gradients of x, gamma, beta, residual. */
  private static double[][] forwardAndBackward(Device device, DType dtype) {
    Random random = new Random(3);
    Calls.Numbers x = normal(random, TensorType.of(dtype, LONG), 30, 2);
    Calls.Numbers gamma = normal(random, TensorType.of(dtype, LONG[1]), 1, 0.3);
    Calls.Numbers beta = normal(random, TensorType.of(dtype, LONG[1]), 0, 0.3);
    Calls.Numbers residual = normal(random, TensorType.of(dtype, LONG), 0, 1);
    Calls.Numbers upstream = normal(random, TensorType.of(dtype, LONG), 0.5, 1);
    double[][] out =
        Calls.run(device, new BatchNorm(1e-5, 0.1, true), x, gamma, beta, beta, gamma, residual);
    Calls.Numbers mask = normal(random, TensorType.of(dtype, LONG), 0, 1);
    double[][] back =
        Calls.run(
            device,
            new BatchNorm.Backward(1e-5, true),
            x,
            gamma,
            new Calls.Numbers(gamma.type(), out[1]),
            new Calls.Numbers(gamma.type(), out[2]),
            upstream,
            mask);
    return Stream.concat(Arrays.stream(out), Arrays.stream(back)).toArray(double[][]::new);
  }

  private static Calls.Numbers normal(Random random, TensorType type, double mean, double spread) {
    double[] values = new double[Math.toIntExact(type.shape().elements())];
    Arrays.setAll(values, i -> (float) (mean + spread * random.nextGaussian()));
    return new Calls.Numbers(type, values);
  }
}
