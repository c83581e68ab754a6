package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A batch of F32 matrices by value, as one tensor of rank 3.
 *
 * @param count matrices
 * @param rows rows of each matrix
 * @param columns columns of each matrix
 * @param stride elements from one matrix to the next
 * @param leading elements from one row to the next, or from one column where transposed
 * @param transposed whether the columns, not the rows, are contiguous
 */
public record Matrices(
    int count, int rows, int columns, int stride, int leading, boolean transposed) {
  private static final int F32 = 3;

  /** Row by row. */
  public static Matrices of(int count, int rows, int columns, int stride) {
    return new Matrices(count, rows, columns, stride, columns, false);
  }

  /**
   * The transposes of matrices that lie row by row, at least two rows: of fewer, oneDNN 3.13
   * multiplies with memory that was never written.
   */
  public Matrices transpose() {
    if (rows < 2) {
      throw new IllegalArgumentException(this + ": the transpose of a single row is not offered");
    }
    return new Matrices(count, columns, rows, stride, leading, true);
  }

  /** As many of these matrices, with as many of their rows. */
  public Matrices some(int matrices, int of) {
    return new Matrices(matrices, of, columns, stride, leading, transposed);
  }

  /** Elements from the first row to another. */
  public int toRow(int row) {
    return transposed ? row : row * leading;
  }

  /** Creates the descriptor; the caller destroys it. */
  MemorySegment create(Api api) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment extents = arena.allocateFrom(ValueLayout.JAVA_LONG, count, rows, columns);
      MemorySegment strides =
          transposed
              ? arena.allocateFrom(ValueLayout.JAVA_LONG, (long) stride, 1, leading)
              : arena.allocateFrom(ValueLayout.JAVA_LONG, (long) stride, leading, 1);
      return Api.create(
          this,
          out -> (int) api.memoryDescCreateWithStrides.invokeExact(out, 3, extents, F32, strides));
    }
  }
}
