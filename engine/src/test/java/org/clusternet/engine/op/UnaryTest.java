package org.clusternet.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.spi.OpException;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Messages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The fast paths of the pointwise functions number by number: the generic suite compares with the
 * largest magnitude of a tensor, here every number is compared with itself, over the range of F32,
 * and NaN and infinities must come out as in the table.
 */
class UnaryTest {
  private static final Device CPU = Devices.cpu(2);

  /** Relative to the number itself; a unit in the last place of F32 is up to 1.2e-7. */
  private static final double F32_BOUND = 1e-6;

  /** The smallest normal F32; below it results may be flushed to zero. */
  private static final double F32_SMALLEST = Float.MIN_NORMAL;

  @AfterAll
  static void close() {
    CPU.close();
  }

  private static double[] apply(UnaryFunction f, DType dtype, double... x) {
    try (Scope scope = CPU.scope()) {
      Eager eager = new Eager(CPU, scope);
      TensorType type = TensorType.of(dtype, x.length);
      return HostValues.get(CPU, eager.apply(new Unary(f), HostValues.of(CPU, scope, type, x)));
    }
  }

  /** From 1e-6 to 80, the signs alternating. */
  private static double[] magnitudes() {
    return IntStream.range(0, 4001)
        .mapToDouble(i -> (float) ((i % 2 == 0 ? 1 : -1) * 1e-6 * Math.pow(8e7, i / 4000.0)))
        .toArray();
  }

  /** As above, positive; and numbers close to 1 on both sides, where the logarithm is small. */
  private static double[] positives() {
    return DoubleStream.concat(
            DoubleStream.of(magnitudes()).map(Math::abs),
            DoubleStream.of(magnitudes()).map(x -> (float) (1 + x / 1000)))
        .toArray();
  }

  @ParameterizedTest
  @EnumSource
  void everyNumberIsRightInF32(UnaryFunction f) {
    boolean positive = f == UnaryFunction.LOG || f == UnaryFunction.SQRT;
    double[] x = positive ? positives() : magnitudes();
    double[] y = apply(f, DType.F32, x);
    for (int i = 0; i < x.length; i++) {
      double expected = f.value(x[i]);
      double tolerance = F32_BOUND * Math.abs(expected) + F32_SMALLEST;
      assertTrue(
          Math.abs(y[i] - expected) <= tolerance,
          "%s of %.9g is %.9g, expected %.9g".formatted(f, x[i], y[i], expected));
    }
  }

  @ParameterizedTest
  @EnumSource
  void notANumberAndInfinitiesAreThoseOfTheTable(UnaryFunction f) {
    double negativeNan = Double.longBitsToDouble(0xFFF8000000000000L);
    double[] x = {
      Double.NaN, negativeNan, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e30, -1e30, 0
    };
    for (DType dtype : new DType[] {DType.F32, DType.BF16}) {
      double[] y = apply(f, dtype, x);
      for (int i = 0; i < x.length; i++) {
        String what = f + " of " + x[i] + " in " + dtype;
        double expected = (float) f.value(x[i]);
        if (Double.isFinite(expected)) {
          assertEquals(expected, y[i], Math.abs(expected) / 128, what);
        } else {
          assertEquals(expected, y[i], what);
        }
      }
    }
  }

  @Test
  void reluCutsExactlyTheNegativeNumbers() {
    double[] x = {-1e-38, -0.0, 0, 1e-38, -3, 3};
    for (DType dtype : new DType[] {DType.F32, DType.BF16}) {
      double[] y = apply(UnaryFunction.RELU, dtype, x);
      for (int i = 0; i < x.length; i++) {
        assertEquals(Math.max(x[i], 0), y[i], 1e-40, "ReLU of " + x[i] + " in " + dtype);
      }
    }
  }

  @Test
  void integersAreRefused() {
    OpException e =
        assertThrows(
            OpException.class,
            () -> new Unary(UnaryFunction.RELU).infer(List.of(TensorType.of(DType.I32, 2))));
    assertEquals(
        "Unary[function=RELU] of I32(2): operand 0 must be F64, F32 or BF16", Messages.of(e));
  }
}
