package org.clusternet.kernels;

/**
 * Extents of a grid or of a block.
 *
 * @param x fastest-running extent
 * @param y second extent
 * @param z third extent
 */
public record Dim(int x, int y, int z) {

  /** Checks that every extent is at least 1. */
  public Dim {
    if (x < 1 || y < 1 || z < 1) {
      throw new IllegalArgumentException(
          "dim=(" + x + ", " + y + ", " + z + "); each must be at least 1");
    }
  }

  /** A line. */
  public static Dim of(long x) {
    return new Dim(Math.toIntExact(x), 1, 1);
  }

  /** A rectangle. */
  public static Dim of(long x, long y) {
    return new Dim(Math.toIntExact(x), Math.toIntExact(y), 1);
  }

  /** The number of blocks of {@code size} that cover {@code count} items, at least 1. */
  public static long blocks(long count, long size) {
    return Math.max(1, (count + size - 1) / size);
  }

  /** Number of points. */
  public long count() {
    return (long) x * y * z;
  }
}
