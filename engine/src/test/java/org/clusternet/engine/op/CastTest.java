package org.clusternet.engine.op;

import static org.clusternet.engine.testing.Calls.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Eager;
import org.clusternet.engine.spi.HostValues;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Rounding casts, on more elements than one thread takes, against {@link DType#set}, bit by bit.
 */
class CastTest {
  private static final Device CPU = Devices.cpu(2);
  private static final int COUNT = 200_003;

  @AfterAll
  static void close() {
    CPU.close();
  }

  private static double[] numbers() {
    Random random = new Random(1);
    double[] x = new double[COUNT];
    for (int i = 0; i < COUNT; i++) {
      x[i] = Float.intBitsToFloat(random.nextInt());
    }
    x[0] = Double.NaN;
    x[1] = Double.NEGATIVE_INFINITY;
    x[2] = 1 + 1.0 / 256;
    x[3] = 1 + 3.0 / 256;
    x[4] = Float.MAX_VALUE;
    return x;
  }

  private static void compare(DType from, DType to) {
    try (Scope scope = CPU.scope();
        Arena arena = Arena.ofConfined()) {
      Tensor x = HostValues.of(CPU, scope, TensorType.of(from, COUNT), numbers());
      Tensor y = new Eager(CPU, scope).apply(new Cast(to), x);
      assertEquals(TensorType.of(to, COUNT), y.type());
      MemorySegment expected = arena.allocate(y.type().bytes(), 8);
      for (int i = 0; i < COUNT; i++) {
        to.set(expected, i, from.get(x.memory(), i));
        if (Double.isNaN(to.get(expected, i))) {
          assertEquals(Double.NaN, to.get(y.memory(), i));
        } else {
          assertEquals(bits(to, expected, i), bits(to, y.memory(), i), from + " to " + to);
        }
      }
    }
  }

  private static long bits(DType dtype, MemorySegment memory, int i) {
    return switch (dtype) {
      case F64 -> memory.getAtIndex(ValueLayout.JAVA_LONG, i);
      case F32 -> memory.getAtIndex(ValueLayout.JAVA_INT, i);
      default -> memory.getAtIndex(ValueLayout.JAVA_SHORT, i);
    };
  }

  @Test
  void everyPairOfTypesRoundsAsDTypeDoes() {
    DType[] floating = {DType.F64, DType.F32, DType.BF16};
    for (DType from : floating) {
      for (DType to : floating) {
        compare(from, to);
      }
    }
  }

  @Test
  void integersAreRefused() {
    assertRefused(
        "Cast[to=I32] of F32(2): to=I32; it casts between F64, F32 and BF16",
        new Cast(DType.I32),
        TensorType.of(DType.F32, 2));
    assertRefused(
        "Cast[to=F32] of U8(2): operand 0 must be F64, F32 or BF16",
        new Cast(DType.F32),
        TensorType.of(DType.U8, 2));
  }
}
