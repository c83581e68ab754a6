package org.clusternet.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.clusternet.engine.cpu.foreign.HostMemory;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.MemoryPool;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.junit.jupiter.api.Test;

/**
 * Vector instructions and plain loops give the same bits, tails and any starting point included.
 */
class FloatRowsTest {
  private static final int[] LENGTHS = {1, 3, 15, 16, 17, 48, 51, 1003};
  private static final FloatRows PLAIN = new PlainFloatRows();
  private static final FloatRows VECTOR = new VectorFloatRows();

  /** Numbers of many magnitudes, with a NaN, both infinities and both zeros among the longer. */
  private static float[] row(int length, int seed) {
    Random random = new Random(31L * length + seed);
    float[] row = new float[length];
    for (int i = 0; i < length; i++) {
      row[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(17) - 12));
    }
    float[] special = {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -0f, 0f};
    for (int k = 0; k < special.length && length > 16; k++) {
      row[(k * 7 + seed) % length] = special[k];
    }
    return row;
  }

  @Test
  void rowsOfEitherTypeAreReadAndWritten() {
    for (DType type : new DType[] {DType.F32, DType.BF16}) {
      for (int length : LENGTHS) {
        try (MemoryPool pool = new MemoryPool(new HostMemory());
            Scope scope = new Scope(pool)) {
          Tensor one = scope.allocate(TensorType.of(type, length + 3));
          Tensor two = scope.allocate(TensorType.of(type, length + 3));
          float[] row = row(length, 1);
          PLAIN.write(row, length, one, 3);
          VECTOR.write(row, length, two, 3);
          float[] expected = new float[length];
          float[] read = new float[length];
          PLAIN.read(one, 3, expected, length);
          VECTOR.read(two, 3, read, length);
          assertArrayEquals(bits(expected), bits(read), type + " " + length);
          for (int i = 0; i < length; i++) {
            assertEquals((float) type.get(one.memory(), 3 + i), read[i], type + " " + i);
          }
        }
      }
    }
  }

  private static int[] bits(float[] row) {
    int[] bits = new int[row.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(row[i]));
    return bits;
  }

  @Test
  void stretchingAndBlendingGiveTheSameBits() {
    for (int length : LENGTHS) {
      float[] source = row(length + 3, 2);
      float[] along = row(length, 3);
      int[] left = new Random(length).ints(length, 0, length).toArray();
      float[] expected = new float[length];
      float[] stretched = new float[length];
      PLAIN.stretch(source, left, 3, along, expected);
      VECTOR.stretch(source, left, 3, along, stretched);
      assertArrayEquals(expected, stretched, "stretch " + length);
      PLAIN.blend(source, along, 0.3f, expected);
      VECTOR.blend(source, along, 0.3f, stretched);
      assertArrayEquals(expected, stretched, "blend " + length);
    }
  }

  @Test
  void theLargestIsThatOfItsChannelWithoutNaN() {
    for (int length : LENGTHS) {
      for (int step = 1; step <= 5; step++) {
        float[] row = row(length, step);
        float expected = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < length; i += step) {
          expected = row[i] > expected ? row[i] : expected;
        }
        assertEquals(expected, PLAIN.largest(row, length, step), step + " of " + length);
        assertEquals(expected, VECTOR.largest(row, length, step), step + " of " + length);
      }
    }
    float[] nothing = {Float.NaN, 1, Float.NaN, 2};
    assertEquals(Float.NEGATIVE_INFINITY, VECTOR.largest(nothing, 4, 2));
  }

  @Test
  void productsAreAddedUpInTheOrderOfTheirIndices() {
    for (int partials : new int[] {1, 3, 8, 24, 128}) {
      for (int count : new int[] {0, 1, 7, 127, 128, 129, 512, 517}) {
        float[] a = row(count, 1);
        float[] b = row(count, 2);
        double[] expected = new double[partials];
        for (int k = 0; k < count; k++) {
          expected[k % partials] += (double) a[k] * b[k];
        }
        for (FloatRows rows : new FloatRows[] {PLAIN, VECTOR}) {
          double[] sums = new double[partials];
          Arrays.fill(sums, Double.NaN);
          rows.products(a, b, count, sums);
          assertArrayEquals(expected, sums, rows + ": " + partials + " of " + count);
        }
      }
    }
  }
}
