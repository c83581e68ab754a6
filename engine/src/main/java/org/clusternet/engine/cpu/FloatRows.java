package org.clusternet.engine.cpu;

import org.clusternet.engine.tensor.Tensor;

/**
 * Runs of neighbours in memory as arrays of floats, whichever of F32 and BF16 they are stored in,
 * and loops over such arrays: what resizes images, and looks for their brightest pixel, is written
 * once, for floats, and stays in the first-level cache. All implementations give the same bits.
 */
public interface FloatRows {

  /** Reads {@code count} elements of an F32 or BF16 tensor from {@code position} on. */
  void read(Tensor tensor, long position, float[] row, int count);

  /** Writes {@code count} elements of an F32 or BF16 tensor from {@code position} on. */
  void write(float[] row, int count, Tensor tensor, long position);

  /**
   * Interpolates along a row: {@code stretched[k] = a + along[k] (b - a)} with {@code a =
   * source[left[k]]} and {@code b = source[left[k] + step]}, for the whole of {@code stretched}.
   */
  void stretch(float[] source, int[] left, int step, float[] along, float[] stretched);

  /**
   * Interpolates between rows: {@code blended[k] = above[k] + weight (below[k] - above[k])}, for
   * the whole of {@code blended}.
   */
  void blend(float[] above, float[] below, float weight, float[] blended);

  /**
   * The largest of {@code row[0], row[step], row[2 step]}, ... of the first {@code count} elements;
   * NaN is passed over, and minus infinity is returned where nothing is larger.
   */
  float largest(float[] row, int count, int step);

  /**
   * Sums of products in F64: {@code sums[j]} is that of {@code a[k] b[k]} over {@code k = j, j +
   * sums.length, j + 2 sums.length}, ... in this order, below {@code count}.
   */
  void products(float[] a, float[] b, int count, double[] sums);

  /** Fewest rows worth a thread of their own. */
  static long grain(long rowLength) {
    return Math.max(1, (1 << 14) / rowLength);
  }
}
