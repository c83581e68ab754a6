package org.clusternet.engine.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.OpException;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.engine.testing.Call;
import org.clusternet.engine.testing.Messages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Eq. 1 and 2 of the paper by hand, and what is said of classes that do not exist. */
class CamWeightingTest {
  private static final Device CPU = Devices.cpu(2);
  private static final double[] FEATURES = {1, 2, 3, 4, 10, 20, 30, 40, 0, 1, 0, 1, 2, 0, 2, 0};
  private static final double[] WEIGHT = {1, 0, 0.5, -1, 2, 0.25};

  @AfterAll
  static void close() {
    CPU.close();
  }

  private static double[] cam(DType dtype, double... classes) {
    return Call.of(CPU, new CamWeighting())
        .with(dtype, FEATURES, 2, 2, 2, 2)
        .with(dtype == DType.F64 ? DType.F64 : DType.F32, WEIGHT, 3, 2)
        .with(DType.I32, classes, 2)
        .run();
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void weighsTheFeaturesOfEachSampleByItsClass(DType dtype) {
    assertArrayEquals(new double[] {-9.5, -19, -28.5, -38, 0.5, 2, 0.5, 2}, cam(dtype, 1, 2));
    assertArrayEquals(new double[] {1, 2, 3, 4, 0, 1, 0, 1}, cam(dtype, 0, 0));
  }

  /** Equal features must give equal bits, or min-max would blow rounding noise up to a heat map. */
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void equalFeaturesGiveAFlatMap(DType dtype) {
    int channels = 512;
    Random random = new Random(23);
    double[] features = new double[channels * 64];
    for (int k = 0; k < channels; k++) {
      Arrays.fill(features, k * 64, (k + 1) * 64, random.nextDouble());
    }
    double[] weight = random.doubles(channels, -1, 1).toArray();
    double[] cam =
        Call.of(CPU, new CamWeighting())
            .with(dtype, features, 1, channels, 8, 8)
            .with(dtype == DType.F64 ? DType.F64 : DType.F32, weight, 1, channels)
            .with(DType.I32, new double[] {0}, 1)
            .run();
    for (double v : cam) {
      assertEquals(cam[0], v);
    }
  }

  @Test
  void namesAClassThatDoesNotExist() {
    for (int wrong : new int[] {-1, 3}) {
      OpException e = assertThrows(OpException.class, () -> cam(DType.BF16, 0, wrong));
      assertEquals(
          "CamWeighting[] of BF16(2, 2, 2, 2), F32(3, 2), I32(2):"
              + " classIndex of sample 1 is "
              + wrong
              + "; the classes are 0 to 2",
          Messages.of(e));
    }
  }

  @Test
  void saysWhichOperandDoesNotFit() {
    TensorType features = TensorType.of(DType.BF16, 2, 8, 4, 4);
    TensorType weight = TensorType.of(DType.F32, 3, 8);
    TensorType index = TensorType.of(DType.I32, 2);
    String op = "CamWeighting[] of BF16(2, 8, 4, 4), ";
    assertFails(
        op + "F32(3, 7), I32(2): channels of features=8, of classWeight=7",
        features,
        TensorType.of(DType.F32, 3, 7),
        index);
    assertFails(
        op + "BF16(3, 8), I32(2): operand 1 must be F32",
        features,
        TensorType.of(DType.BF16, 3, 8),
        index);
    assertFails(
        op + "F32(3, 8), I32(3): operand 2 must have shape (2)",
        features,
        weight,
        TensorType.of(DType.I32, 3));
    assertFails(
        op + "F32(3, 8), F32(2): operand 2 must be I32",
        features,
        weight,
        TensorType.of(DType.F32, 2));
  }

  private static void assertFails(String message, TensorType... types) {
    Op op = new CamWeighting();
    OpException e = assertThrows(OpException.class, () -> op.infer(List.of(types)));
    assertEquals(message, Messages.of(e));
  }
}
