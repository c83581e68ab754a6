package org.clusternet.engine.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;

/**
 * {@link FloatRows} in plain loops, each from an index on: for a JVM without the Vector API, and
 * for the tails of {@link VectorFloatRows}.
 */
final class PlainFloatRows implements FloatRows {

  @Override
  public void read(Tensor tensor, long position, float[] row, int count) {
    if (tensor.dtype() == DType.F32) {
      copy(tensor.memory(), position, row, count);
    } else {
      widen(tensor.memory(), position, row, 0, count);
    }
  }

  static void copy(MemorySegment memory, long position, float[] row, int count) {
    MemorySegment.copy(memory, JAVA_FLOAT, position * Float.BYTES, row, 0, count);
  }

  static void copy(float[] row, int count, MemorySegment memory, long position) {
    MemorySegment.copy(row, 0, memory, JAVA_FLOAT, position * Float.BYTES, count);
  }

  static void widen(MemorySegment memory, long position, float[] row, int from, int to) {
    for (int i = from; i < to; i++) {
      row[i] = DType.bf16ToFloat(memory.getAtIndex(JAVA_SHORT, position + i));
    }
  }

  @Override
  public void write(float[] row, int count, Tensor tensor, long position) {
    if (tensor.dtype() == DType.F32) {
      copy(row, count, tensor.memory(), position);
    } else {
      narrow(row, 0, count, tensor.memory(), position);
    }
  }

  static void narrow(float[] row, int from, int to, MemorySegment memory, long position) {
    for (int i = from; i < to; i++) {
      memory.setAtIndex(JAVA_SHORT, position + i, DType.floatToBf16(row[i]));
    }
  }

  @Override
  public void stretch(float[] source, int[] left, int step, float[] along, float[] stretched) {
    stretch(source, left, step, along, stretched, 0);
  }

  static void stretch(
      float[] source, int[] left, int step, float[] along, float[] stretched, int from) {
    for (int k = from; k < stretched.length; k++) {
      float a = source[left[k]];
      stretched[k] = a + along[k] * (source[left[k] + step] - a);
    }
  }

  @Override
  public void blend(float[] above, float[] below, float weight, float[] blended) {
    blend(above, below, weight, blended, 0);
  }

  static void blend(float[] above, float[] below, float weight, float[] blended, int from) {
    for (int k = from; k < blended.length; k++) {
      blended[k] = above[k] + weight * (below[k] - above[k]);
    }
  }

  @Override
  public float largest(float[] row, int count, int step) {
    return largest(row, 0, count, step, Float.NEGATIVE_INFINITY);
  }

  static float largest(float[] row, int from, int count, int step, float largest) {
    for (int i = from; i < count; i += step) {
      largest = row[i] > largest ? row[i] : largest;
    }
    return largest;
  }

  @Override
  public void products(float[] a, float[] b, int count, double[] sums) {
    Arrays.fill(sums, 0);
    products(a, b, 0, count, sums);
  }

  /** Adds products from {@code from} on, a multiple of the number of sums. */
  static void products(float[] a, float[] b, int from, int count, double[] sums) {
    for (int base = from; base < count; base += sums.length) {
      int end = Math.min(sums.length, count - base);
      for (int j = 0; j < end; j++) {
        sums[j] += (double) a[base + j] * b[base + j];
      }
    }
  }
}
