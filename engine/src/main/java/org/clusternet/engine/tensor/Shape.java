package org.clusternet.engine.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The extents of a tensor, spoken of as (N, C, H, W).
 *
 * <p>The order in memory follows from the rank alone, so that it never has to be passed along: rank
 * 4 is channels-last, dimension 1 innermost (images N H W C, convolution weights O kH kW I), the
 * fast layout of both oneDNN and cuDNN. Every other rank is row-major. A tensor is always dense.
 *
 * <p>The rank-0 shape {@code ()} is a scalar with one element.
 */
public final class Shape {
  /** The shape of a scalar. */
  public static final Shape SCALAR = new Shape(new int[0]);

  private final int[] dims;
  private final long[] strides;
  private final long elements;

  private Shape(int[] dims) {
    this.dims = dims;
    long count = 1;
    for (int d : dims) {
      if (d < 1) {
        throw new IllegalArgumentException(
            "shape: dimension=" + d + " in " + Arrays.toString(dims) + "; every one must be >= 1");
      }
      count = Math.multiplyExact(count, d);
    }
    this.elements = count;
    this.strides = strides(dims, memoryOrder(dims.length));
  }

  /** A shape of the given extents, each at least 1. */
  public static Shape of(int... dims) {
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  private static int[] memoryOrder(int rank) {
    if (rank == 4) {
      return new int[] {0, 2, 3, 1};
    }
    int[] order = new int[rank];
    Arrays.setAll(order, i -> i);
    return order;
  }

  private static long[] strides(int[] dims, int[] order) {
    long[] strides = new long[dims.length];
    long step = 1;
    for (int k = order.length - 1; k >= 0; k--) {
      strides[order[k]] = step;
      step *= dims[order[k]];
    }
    return strides;
  }

  /** Number of dimensions. */
  public int rank() {
    return dims.length;
  }

  /** Extent of dimension {@code i}; negative counts from the last. */
  public int dim(int i) {
    return dims[i < 0 ? dims.length + i : i];
  }

  /** A copy of the extents. */
  public int[] dims() {
    return dims.clone();
  }

  /** Number of elements. */
  public long elements() {
    return elements;
  }

  /** Distance in elements between neighbours along dimension {@code i}. */
  public long stride(int i) {
    return strides[i];
  }

  /** The dimensions from the outermost to the innermost in memory. */
  public int[] memoryOrder() {
    return memoryOrder(dims.length);
  }

  /** The position in memory, in elements, of the element at {@code index}. */
  public long offset(int... index) {
    long at = 0;
    for (int i = 0; i < index.length; i++) {
      at += strides[i] * index[i];
    }
    return at;
  }

  /** This shape with dimension {@code i} set to {@code extent}. */
  public Shape with(int i, int extent) {
    int[] changed = dims.clone();
    changed[i] = extent;
    return of(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** For instance {@code (8, 3, 256, 256)}. */
  @Override
  public String toString() {
    return Arrays.stream(dims)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
