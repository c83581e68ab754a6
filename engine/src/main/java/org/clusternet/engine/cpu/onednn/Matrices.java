package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A batch of F32 matrices by value, as one tensor of rank 3.
 *
 * @param count matrices
 * @param rows of each
 * @param columns of each
 * @param stride elements from one matrix to the next
 * @param transposed whether the columns, not the rows, are contiguous
 */
public record Matrices(int count, int rows, int columns, int stride, boolean transposed) {
  private static final int F32 = 3;

  /** Row by row. */
  public static Matrices of(int count, int rows, int columns, int stride) {
    return new Matrices(count, rows, columns, stride, false);
  }

  /**
   * The transposes of matrices that lie row by row, at least two rows: of fewer, oneDNN 3.13
   * multiplies with memory that nobody wrote.
   */
  public Matrices transpose() {
    if (rows < 2) {
      throw new IllegalArgumentException(this + ": the transpose of a single row is not offered");
    }
    return new Matrices(count, columns, rows, stride, true);
  }

  /** Creates the descriptor; the caller destroys it. */
  MemorySegment create(Api api) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment extents = arena.allocateFrom(ValueLayout.JAVA_LONG, count, rows, columns);
      MemorySegment strides =
          transposed
              ? arena.allocateFrom(ValueLayout.JAVA_LONG, (long) stride, 1, rows)
              : arena.allocateFrom(ValueLayout.JAVA_LONG, (long) stride, columns, 1);
      return Api.create(
          this,
          out -> (int) api.memoryDescCreateWithStrides.invokeExact(out, 3, extents, F32, strides));
    }
  }
}
