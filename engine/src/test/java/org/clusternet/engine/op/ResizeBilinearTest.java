package org.clusternet.engine.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

/** Numbers that PyTorch's manual prints, and properties that any half-pixel resize must have. */
class ResizeBilinearTest {
  private static final Device CPU = Devices.cpu(2);

  @AfterAll
  static void close() {
    CPU.close();
  }

  /** The examples of torch.nn.Upsample(scale_factor=2, mode="bilinear"). */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void agreesWithTheManualOfPyTorch(DType dtype) {
    double[] two =
        Call.of(CPU, new ResizeBilinear(4, 4))
            .with(dtype, new double[] {1, 2, 3, 4}, 1, 1, 2, 2)
            .run();
    assertArrayEquals(
        new double[] {
          1, 1.25, 1.75, 2, 1.5, 1.75, 2.25, 2.5, 2.5, 2.75, 3.25, 3.5, 3, 3.25, 3.75, 4
        },
        two);
    double[] three =
        Call.of(CPU, new ResizeBilinear(6, 6))
            .with(dtype, new double[] {1, 2, 0, 3, 4, 0, 0, 0, 0}, 1, 1, 3, 3)
            .run();
    assertArrayEquals(
        new double[] {
          1.0000, 1.2500, 1.7500, 1.5000, 0.5000, 0.0000, //
          1.5000, 1.7500, 2.2500, 1.8750, 0.6250, 0.0000, //
          2.5000, 2.7500, 3.2500, 2.6250, 0.8750, 0.0000, //
          2.2500, 2.4375, 2.8125, 2.2500, 0.7500, 0.0000, //
          0.7500, 0.8125, 0.9375, 0.7500, 0.2500, 0.0000, //
          0.0000, 0.0000, 0.0000, 0.0000, 0.0000, 0.0000
        },
        three);
  }

  @Test
  void shrinksWithoutAntiAliasing() {
    double[] halved =
        Call.of(CPU, new ResizeBilinear(1, 2))
            .with(DType.F64, new double[] {0, 1, 5, 9}, 1, 1, 1, 4)
            .run();
    assertArrayEquals(new double[] {0.5, 7}, halved);
    double[] third =
        Call.of(CPU, new ResizeBilinear(1, 2))
            .with(DType.F32, new double[] {0, 1, 5, 7, 8, 16}, 1, 1, 1, 6)
            .run();
    assertArrayEquals(new double[] {1, 8}, third);
  }

  @Test
  void reproducesARampAwayFromTheBorders() {
    int from = 8;
    int to = 37;
    double[] ramp = new double[from];
    Arrays.setAll(ramp, i -> i);
    double[] resized =
        Call.of(CPU, new ResizeBilinear(1, to)).with(DType.F64, ramp, 1, 1, 1, from).run();
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) / to * from - 0.5;
      assertEquals(Math.max(0, Math.min(from - 1, centre)), resized[i], 1e-12, "sample " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void keepsAConstantMapExactlyConstant(DType dtype) {
    double[] constant = new double[3 * 7 * 5];
    Arrays.fill(constant, DType.bf16ToFloat(DType.floatToBf16(0.1f)));
    double[] resized =
        Call.of(CPU, new ResizeBilinear(61, 47)).with(dtype, constant, 1, 3, 7, 5).run();
    for (double v : resized) {
      assertEquals(constant[0], v);
    }
  }

  @Test
  void gradientOfAllOnesSharesOutEverySample() {
    TensorType x = TensorType.of(DType.F32, 1, 2, 5, 3);
    double[] ones = new double[2 * 17 * 8];
    Arrays.fill(ones, 1);
    double[] gradient =
        Call.of(CPU, new ResizeBilinear.Backward(x)).with(DType.F32, ones, 1, 2, 17, 8).run();
    assertEquals(ones.length, Arrays.stream(gradient).sum(), 1e-4);
  }

  @Test
  void gradientDoesNotDependOnTheNumberOfThreads() {
    TensorType x = TensorType.of(DType.F32, 3, 3, 60, 71);
    double[] upstream = new Random(3).doubles(3L * 3 * 90 * 80, -1, 1).toArray();
    try (Device one = Devices.cpu(1);
        Device three = Devices.cpu(3)) {
      double[][] gradients = new double[2][];
      for (int k = 0; k < 2; k++) {
        gradients[k] =
            Call.of(k == 0 ? one : three, new ResizeBilinear.Backward(x))
                .with(DType.F32, upstream, 3, 3, 90, 80)
                .run();
      }
      assertArrayEquals(gradients[0], gradients[1]);
    }
  }

  @Test
  void anErrorSaysWhichOperandIsWrong() {
    assertEquals(
        "ResizeBilinear[height=0, width=4] of F32(1, 1, 2, 2):"
            + " height and width must be at least 1",
        failure(new ResizeBilinear(0, 4), TensorType.of(DType.F32, 1, 1, 2, 2)));
    assertEquals(
        "ResizeBilinear[height=4, width=4] of F32(2, 2): operand 0 must have rank 4",
        failure(new ResizeBilinear(4, 4), TensorType.of(DType.F32, 2, 2)));
    assertEquals(
        "ResizeBilinear[height=4, width=4] of U8(1, 1, 2, 2): operand 0 must be F64, F32 or BF16",
        failure(new ResizeBilinear(4, 4), TensorType.of(DType.U8, 1, 1, 2, 2)));
  }

  private static String failure(ResizeBilinear op, TensorType x) {
    return Messages.of(assertThrows(OpException.class, () -> op.infer(List.of(x))));
  }
}
