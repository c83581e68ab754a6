package org.clusternet.engine.tensor;

import java.lang.foreign.MemorySegment;

/**
 * Translates between arrays in logical row-major order (N, C, H, W) and the order in memory that
 * {@link Shape} fixes. For set-up, tests and small results; loops over whole images go to the
 * memory directly.
 */
public final class HostCodec {
  private HostCodec() {}

  /**
   * Writes {@code values}, one per element in row-major order of the dimensions, to host memory.
   *
   * @throws IllegalArgumentException if the count differs
   */
  public static void encode(TensorType type, double[] values, MemorySegment memory) {
    if (values.length != type.shape().elements()) {
      throw new IllegalArgumentException(
          "values: length=" + values.length + " for " + type + "; one value per element is needed");
    }
    walk(type.shape(), (logical, at) -> type.dtype().set(memory, at, values[logical]));
  }

  /** Reads host memory as one double per element in row-major order of the dimensions. */
  public static double[] decode(TensorType type, MemorySegment memory) {
    double[] values = new double[Math.toIntExact(type.shape().elements())];
    walk(type.shape(), (logical, at) -> values[logical] = type.dtype().get(memory, at));
    return values;
  }

  private interface Visitor {
    void visit(int logical, long at);
  }

  private static void walk(Shape shape, Visitor visitor) {
    int[] index = new int[shape.rank()];
    int count = Math.toIntExact(shape.elements());
    for (int logical = 0; logical < count; logical++) {
      visitor.visit(logical, shape.offset(index));
      for (int d = index.length - 1; d >= 0; d--) {
        if (++index[d] < shape.dim(d)) {
          break;
        }
        index[d] = 0;
      }
    }
  }
}
