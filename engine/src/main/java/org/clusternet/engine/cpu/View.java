package org.clusternet.engine.cpu;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;

/**
 * A tensor as numbers, whatever its element type: what the plain loops of the oracle read and
 * write. Values are doubles; storing rounds to the element type.
 */
public final class View {
  private final MemorySegment memory;
  private final DType dtype;
  private final long s0;
  private final long s1;
  private final long s2;
  private final long s3;

  private View(Tensor tensor) {
    this.memory = tensor.memory();
    this.dtype = tensor.dtype();
    Shape shape = tensor.shape();
    int rank = shape.rank();
    this.s0 = rank > 0 ? shape.stride(0) : 0;
    this.s1 = rank > 1 ? shape.stride(1) : 0;
    this.s2 = rank > 2 ? shape.stride(2) : 0;
    this.s3 = rank > 3 ? shape.stride(3) : 0;
  }

  /** A view of a host tensor of any rank up to 4 (higher ranks by memory position only). */
  public static View of(Tensor tensor) {
    return new View(tensor);
  }

  /** Views of several tensors. */
  public static View[] of(Tensor[] tensors) {
    View[] views = new View[tensors.length];
    for (int i = 0; i < views.length; i++) {
      views[i] = of(tensors[i]);
    }
    return views;
  }

  /** The element at a position in memory. */
  public double get(long position) {
    return dtype.get(memory, position);
  }

  /** Stores to a position in memory. */
  public void set(long position, double value) {
    dtype.set(memory, position, value);
  }

  /** Element (i, j). */
  public double at(int i, int j) {
    return get(i * s0 + j * s1);
  }

  /** Element (n, c, h, w). */
  public double at(int n, int c, int h, int w) {
    return get(n * s0 + c * s1 + h * s2 + w * s3);
  }

  /** The element as an integer: labels, boxes, masks, indices. */
  public int intAt(int i, int j) {
    return (int) at(i, j);
  }

  /** Stores element (i, j). */
  public void put(int i, int j, double value) {
    set(i * s0 + j * s1, value);
  }

  /** Stores element (n, c, h, w). */
  public void put(int n, int c, int h, int w, double value) {
    set(n * s0 + c * s1 + h * s2 + w * s3, value);
  }

  /** Adds to element (i, j). */
  public void add(int i, int j, double value) {
    put(i, j, at(i, j) + value);
  }

  /** Adds to element (n, c, h, w). */
  public void add(int n, int c, int h, int w, double value) {
    put(n, c, h, w, at(n, c, h, w) + value);
  }
}
