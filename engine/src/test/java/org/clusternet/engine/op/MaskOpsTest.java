package org.clusternet.engine.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.clusternet.engine.Devices;
import org.clusternet.engine.op.MaskCombine.Mode;
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

/** What lies between logits and boxes, on known configurations: argmax, min-max, masks, boxes. */
class MaskOpsTest {
  private static final Device CPU = Devices.cpu(2);
  private static final double NAN = Double.NaN;

  @AfterAll
  static void close() {
    CPU.close();
  }

  private static double[] numbers(double... values) {
    return values;
  }

  @Test
  void argMaxTakesTheFirstOfEqualsAndNeverNan() {
    double[] logits = {1, 3, 3, NAN, -5, -4, NAN, NAN, NAN, -1, -2, Double.NEGATIVE_INFINITY};
    assertArrayEquals(
        numbers(1, 2, 0, 0), Call.of(CPU, new ArgMax()).with(DType.F32, logits, 4, 3).run());
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void minMaxReachesExactlyZeroAndOneInEverySample(DType dtype) {
    double[] map = new Random(11).doubles(4 * 3 * 37, -7, 3).toArray();
    double[] result = Call.of(CPU, new MinMaxNormalise()).with(dtype, map, 4, 1, 3, 37).run();
    for (int n = 0; n < 4; n++) {
      double[] sample = Arrays.copyOfRange(result, n * 111, (n + 1) * 111);
      assertEquals(0, Arrays.stream(sample).min().orElseThrow());
      assertEquals(1, Arrays.stream(sample).max().orElseThrow());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void minMaxOfAConstantMapIsZero(DType dtype) {
    double[] map = {0.1, 0.1, 0.1, 0.1, -8, -8, -8, -8, 0, 0, 0, 0};
    assertArrayEquals(
        new double[12], Call.of(CPU, new MinMaxNormalise()).with(dtype, map, 3, 1, 2, 2).run());
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void minMaxLeavesNanAlone(DType dtype) {
    double[] map = {NAN, 1, 3, 2, NAN, 5, NAN, 5};
    assertArrayEquals(
        numbers(NAN, 0, 1, 0.5, 0, 0, 0, 0),
        Call.of(CPU, new MinMaxNormalise()).with(dtype, map, 2, 1, 2, 2).run());
  }

  @Test
  void minMaxOfTheWholeRangeOfF32DoesNotOverflow() {
    double[] map = {-Float.MAX_VALUE, 0, Float.MAX_VALUE};
    assertArrayEquals(
        numbers(0, 0.5, 1),
        Call.of(CPU, new MinMaxNormalise()).with(DType.F32, map, 1, 1, 1, 3).run());
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F64", "F32", "BF16"})
  void thresholdIncludesEqualityAndExcludesNan(DType dtype) {
    double[] map = {0.75, 0.7421875, 0.7578125, NAN, -1, Double.POSITIVE_INFINITY};
    assertArrayEquals(
        numbers(1, 0, 1, 0, 0, 1),
        Call.of(CPU, new Threshold(0.75)).with(dtype, map, 1, 1, 2, 3).run());
  }

  /** 0.7 in F32 is less than 0.7 in F64, which is what is meant. */
  @Test
  void thresholdComparesWithTauAsGiven() {
    double[] map = {0.7f, Math.nextUp(0.7f)};
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      assertArrayEquals(
          numbers(0, 1), Call.of(CPU, new Threshold(0.7)).with(dtype, map, 1, 1, 1, 2).run());
    }
  }

  @Test
  void masksCombineAsTheirNamesSay() {
    double[] a = {0, 0, 1, 1, 4, 255};
    double[] b = {0, 1, 0, 1, 8, 0};
    assertArrayEquals(numbers(0, 1, 1, 1, 1, 1), combine(Mode.UNION, a, b));
    assertArrayEquals(numbers(0, 0, 0, 1, 1, 0), combine(Mode.INTERSECTION, a, b));
  }

  private static double[] combine(Mode mode, double[] a, double[] b) {
    return Call.of(CPU, new MaskCombine(mode)).with(DType.U8, a, 6).with(DType.U8, b, 6).run();
  }

  private static double[] box(double[] mask, int height, int width) {
    return Call.of(CPU, new BoundingBox())
        .with(DType.U8, mask, mask.length / (height * width), 1, height, width)
        .run();
  }

  @Test
  void boxOfKnownMasks() {
    double[] cross = new double[7 * 9];
    cross[3 * 9 + 2] = 1;
    cross[1 * 9 + 4] = 1;
    cross[5 * 9 + 6] = 200;
    assertArrayEquals(numbers(2, 1, 6, 5), box(cross, 7, 9));
    double[] row = new double[7 * 9];
    Arrays.fill(row, 4 * 9, 5 * 9, 1);
    assertArrayEquals(numbers(0, 4, 8, 4), box(row, 7, 9));
    double[] pixel = new double[7 * 9];
    pixel[62] = 1;
    assertArrayEquals(numbers(8, 6, 8, 6), box(pixel, 7, 9));
    Arrays.fill(pixel, 1);
    assertArrayEquals(numbers(0, 0, 8, 6), box(pixel, 7, 9));
  }

  @Test
  void boxOfAnEmptyMaskIsTheWholeImage() {
    assertArrayEquals(numbers(0, 0, 8, 6, 0, 0, 8, 6), box(new double[2 * 7 * 9], 7, 9));
  }

  @Test
  void boxesOfSparseRandomMasks() {
    Random random = new Random(17);
    int samples = 200;
    double[] masks = new double[samples * 6 * 5];
    Arrays.setAll(masks, i -> random.nextInt(8) == 0 ? 1 : 0);
    double[] boxes = box(masks, 6, 5);
    for (int n = 0; n < samples; n++) {
      int[] expected = {5, 6, -1, -1};
      for (int i = 0; i < 30; i++) {
        if (masks[n * 30 + i] != 0) {
          expected[0] = Math.min(expected[0], i % 5);
          expected[1] = Math.min(expected[1], i / 5);
          expected[2] = Math.max(expected[2], i % 5);
          expected[3] = Math.max(expected[3], i / 5);
        }
      }
      int[] box = {0, 0, 4, 5};
      box = expected[2] < 0 ? box : expected;
      for (int k = 0; k < 4; k++) {
        assertEquals(box[k], boxes[n * 4 + k], "sample " + n + ", corner " + k);
      }
    }
  }

  @Test
  void anErrorSaysWhichOperandIsWrong() {
    TensorType map = TensorType.of(DType.F32, 1, 1, 4, 4);
    TensorType mask = TensorType.of(DType.U8, 1, 1, 4, 4);
    assertFails("ArgMax[] of F32(1, 1, 4, 4): operand 0 must have rank 2", new ArgMax(), map);
    assertFails(
        "Threshold[tau=NaN] of F32(1, 1, 4, 4): tau must be a number", new Threshold(NAN), map);
    assertFails(
        "MaskCombine[mode=UNION] of U8(1, 1, 4, 4), F32(1, 1, 4, 4): operand 1 must be U8",
        new MaskCombine(Mode.UNION),
        mask,
        map);
    assertFails(
        "MaskCombine[mode=UNION] of U8(1, 1, 4, 4), U8(1, 4):"
            + " operand 1 must have shape (1, 1, 4, 4)",
        new MaskCombine(Mode.UNION),
        mask,
        TensorType.of(DType.U8, 1, 4));
    assertFails(
        "BoundingBox[] of U8(1, 2, 4, 4): a mask has one channel",
        new BoundingBox(),
        TensorType.of(DType.U8, 1, 2, 4, 4));
    assertFails("BoundingBox[] of F32(1, 1, 4, 4): operand 0 must be U8", new BoundingBox(), map);
  }

  private static void assertFails(String message, Op op, TensorType... types) {
    OpException e = assertThrows(OpException.class, () -> op.infer(List.of(types)));
    assertEquals(message, Messages.of(e));
  }
}
