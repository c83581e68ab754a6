package org.clusternet.kernels;

import java.util.List;

/**
 * A row-major array of up to four dimensions and operands that are broadcast to it or have another
 * memory order; the counterpart of {@code index.cuh}.
 *
 * @param extents extents of the four dimensions
 * @param strides per operand, strides in elements along the four dimensions; 0 where it is
 *     broadcast
 */
public record Strided(List<Long> extents, List<List<Long>> strides) {

  /** Number of dimensions. */
  public static final int RANK = 4;

  /** Number of elements. */
  public long elements() {
    return extents.stream().reduce(1L, Math::multiplyExact);
  }

  /**
   * Elements per access: {@code lanes} if runs of that many elements are contiguous or broadcast in
   * every operand and begin at multiples of that number, or else 1.
   */
  public int lanes(int lanes) {
    boolean whole = extents.get(RANK - 1) % lanes == 0;
    for (List<Long> operand : strides) {
      long inner = operand.get(RANK - 1);
      whole &= inner == 0 || inner == 1;
      for (int d = 0; d < RANK - 1; d++) {
        whole &= inner == 0 || operand.get(d) % lanes == 0;
      }
    }
    return whole ? lanes : 1;
  }

  /** Appends the strides of operand {@code i}. */
  Arguments strides(int i, Arguments to) {
    strides.get(i).forEach(to::i64);
    return to;
  }

  /** Appends all extents but the outermost. */
  Arguments innerExtents(Arguments to) {
    extents.subList(1, RANK).forEach(to::i64);
    return to;
  }
}
