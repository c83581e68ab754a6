package org.clusternet.kernels;

/**
 * Short rows, each processed by a group of lanes of a warp; the counterpart of {@code for_rows} of
 * {@code softmax.cuh}.
 *
 * @param rows number of rows
 * @param length elements per row
 */
public record ShortRows(long rows, int length) {

  /** Lanes of a group: a power of two that covers the row, at most a warp. */
  public int width() {
    int width = 1;
    while (width < 32 && width < length) {
      width *= 2;
    }
    return width;
  }

  /** Appends the parameters {@code rows, classes, width} of a kernel over short rows. */
  Arguments appendTo(Arguments arguments) {
    return arguments.i64(rows).i32(length).i32(width());
  }

  /** Threads that cover all rows. */
  public long threads() {
    return rows * width();
  }
}
