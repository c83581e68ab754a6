package org.clusternet.engine.tensor;

import org.jspecify.annotations.Nullable;

/**
 * The broadcasting rule of NumPy: shapes are aligned at their last dimension, missing ones count as
 * 1, and an extent of 1 stretches to the other's.
 */
public final class Broadcasting {
  private Broadcasting() {}

  /** The common shape, if there is one. */
  public static @Nullable Shape join(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int d = 0; d < rank; d++) {
      int x = extent(a, d, rank);
      int y = extent(b, d, rank);
      if (x != y && x != 1 && y != 1) {
        return null;
      }
      dims[d] = Math.max(x, y);
    }
    return Shape.of(dims);
  }

  /** Whether a shape stretches to a larger one. */
  public static boolean stretches(Shape small, Shape large) {
    Shape joined = join(small, large);
    return joined != null && joined.equals(large);
  }

  private static int extent(Shape shape, int d, int rank) {
    int own = d - (rank - shape.rank());
    return own < 0 ? 1 : shape.dim(own);
  }

  /** Positions in memory, given as numbers one after the other. */
  @FunctionalInterface
  public interface Pairs {
    /** Visits an element of each. */
    void visit(long small, long large);
  }

  /**
   * Visits each element of {@code large} with the element of {@code small} that stretches to it.
   */
  public static void walk(Shape small, Shape large, Pairs pairs) {
    int rank = large.rank();
    long[] strides = new long[rank];
    for (int d = 0; d < rank; d++) {
      int own = d - (rank - small.rank());
      strides[d] = own >= 0 && small.dim(own) > 1 ? small.stride(own) : 0;
    }
    int[] order = large.memoryOrder();
    int[] index = new int[rank];
    long at = 0;
    for (long position = 0; position < large.elements(); position++) {
      pairs.visit(at, position);
      for (int k = rank - 1; k >= 0; k--) {
        int d = order[k];
        at += strides[d];
        if (++index[d] < large.dim(d)) {
          break;
        }
        at -= strides[d] * index[d];
        index[d] = 0;
      }
    }
  }
}
