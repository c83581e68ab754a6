package org.clusternet.engine.op;

import static org.clusternet.engine.testing.Calls.assertRefused;
import static org.clusternet.engine.testing.Calls.dims;
import static org.clusternet.engine.testing.Calls.f64;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Calls;
import org.clusternet.engine.testing.Calls.Numbers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Products of small whole numbers, which every type holds exactly, and what does not fit. */
class MatMulTest {
  private static final Device CPU = Devices.cpu(2);
  private static final Numbers A = f64(dims(2, 3), 1, 2, 3, 4, 5, 6);
  private static final Numbers A_TRANSPOSED = f64(dims(3, 2), 1, 4, 2, 5, 3, 6);
  private static final Numbers B = f64(dims(3, 2), 7, 8, 9, 10, 11, 12);
  private static final Numbers B_TRANSPOSED = f64(dims(2, 3), 7, 9, 11, 8, 10, 12);
  private static final double[] PRODUCT = {58, 64, 139, 154};

  @AfterAll
  static void close() {
    CPU.close();
  }

  private static Numbers in(DType dtype, Numbers numbers) {
    return new Numbers(numbers.type().as(dtype), numbers.values());
  }

  @ParameterizedTest
  @EnumSource(names = {"F64", "F32", "BF16"})
  void productsAreExact(DType dtype) {
    Numbers a = in(dtype, A);
    Numbers b = in(dtype, B);
    Numbers left = in(dtype, A_TRANSPOSED);
    Numbers right = in(dtype, B_TRANSPOSED);
    assertArrayEquals(PRODUCT, Calls.run(CPU, new MatMul(false, false), a, b)[0]);
    assertArrayEquals(PRODUCT, Calls.run(CPU, new MatMul(true, false), left, b)[0]);
    assertArrayEquals(PRODUCT, Calls.run(CPU, new MatMul(false, true), a, right)[0]);
    assertArrayEquals(PRODUCT, Calls.run(CPU, new MatMul(true, true), left, right)[0]);
  }

  @ParameterizedTest
  @EnumSource(names = {"F64", "F32"})
  void linearAddsTheBiasToEveryRow(DType dtype) {
    Numbers bias = in(dtype, f64(dims(2), 100, -100));
    double[] y = Calls.run(CPU, new Linear(), in(dtype, A), in(dtype, B_TRANSPOSED), bias)[0];
    assertArrayEquals(new double[] {158, -36, 239, 54}, y);
  }

  @Test
  void anErrorNamesTheOperandThatDoesNotFit() {
    TensorType x = TensorType.of(DType.F32, 8, 512);
    TensorType weight = TensorType.of(DType.F32, 3, 512);
    assertRefused(
        "Linear[] of F32(8, 512), F32(3, 500): features of x=512, of weight=500",
        new Linear(),
        x,
        TensorType.of(DType.F32, 3, 500));
    assertRefused(
        "Linear[] of F32(8, 512), F32(3, 512), F32(4): operand 2 must have shape (3)",
        new Linear(),
        x,
        weight,
        TensorType.of(DType.F32, 4));
    assertRefused(
        "Linear[] of BF16(8, 512), F32(3, 512): operand 0 must be F64 or F32",
        new Linear(),
        x.as(DType.BF16),
        weight);
    assertRefused(
        "MatMul[transposeA=false, transposeB=false] of F32(8, 512), F32(3, 512): the inner"
            + " extents differ: left=512, right=3",
        new MatMul(false, false),
        x,
        weight);
    assertRefused(
        "MatMul[transposeA=false, transposeB=true] of F32(8, 512), F64(3, 512): operand 1 must be"
            + " F32",
        new MatMul(false, true),
        x,
        weight.as(DType.F64));
  }
}
