package org.clusternet.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;

/**
 * Translates between arrays in logical row-major order (N, C, H, W) and the order in memory that
 * {@link Shape} fixes. For set-up, tests and small results; loops over whole images go to the
 * memory directly.
 */
public final class HostCodec {
  private static final int MANY = 1 << 16;
  private static final Thread ANOTHER = Thread.ofPlatform().unstarted(() -> {});

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
    DType dtype = type.dtype();
    walk(
        type.shape(),
        memory,
        (at, logical, step, count) -> {
          for (int i = 0; i < count; i++) {
            dtype.set(memory, at + i, values[logical + i * step]);
          }
        });
  }

  /** Reads host memory as one double per element in row-major order of the dimensions. */
  public static double[] decode(TensorType type, MemorySegment memory) {
    double[] values = new double[Math.toIntExact(type.shape().elements())];
    DType dtype = type.dtype();
    walk(
        type.shape(),
        memory,
        (at, logical, step, count) -> {
          for (int i = 0; i < count; i++) {
            values[logical + i * step] = dtype.get(memory, at + i);
          }
        });
    return values;
  }

  /** Neighbours in memory, from {@code at} on, and where they lie in the array. */
  private interface Run {
    void visit(long at, int logical, int step, int count);
  }

  /**
   * Goes through the memory in its order, a pixel's channels at a time where there are pixels; in
   * several threads where there are many and the memory is not one thread's own.
   */
  private static void walk(Shape shape, MemorySegment memory, Run run) {
    int count = Math.toIntExact(shape.elements());
    if (shape.rank() != 4) {
      run.visit(0, 0, 1, count);
      return;
    }
    int channels = shape.dim(1);
    int pixels = shape.dim(2) * shape.dim(3);
    IntStream all = IntStream.range(0, shape.dim(0) * pixels);
    (count >= MANY && memory.isAccessibleBy(ANOTHER) ? all.parallel() : all)
        .forEach(
            p -> {
              int logical = p / pixels * channels * pixels + p % pixels;
              run.visit((long) p * channels, logical, pixels, channels);
            });
  }
}
