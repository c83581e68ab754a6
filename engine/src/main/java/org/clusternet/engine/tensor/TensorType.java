package org.clusternet.engine.tensor;

/**
 * What shape inference speaks about: an element type and a shape, without memory.
 *
 * @param dtype element type
 * @param shape extents
 */
public record TensorType(DType dtype, Shape shape) {

  /** Shorthand for a type with the given extents. */
  public static TensorType of(DType dtype, int... dims) {
    return new TensorType(dtype, Shape.of(dims));
  }

  /** Bytes of the dense tensor. */
  public long bytes() {
    return shape.elements() * dtype.bytes();
  }

  /** Extent of dimension {@code i}; negative counts from the last. */
  public int dim(int i) {
    return shape.dim(i);
  }

  /** Number of dimensions. */
  public int rank() {
    return shape.rank();
  }

  /** The same shape with another element type. */
  public TensorType as(DType other) {
    return new TensorType(other, shape);
  }

  /** For instance {@code F32(8, 3, 256, 256)}. */
  @Override
  public String toString() {
    return dtype.name() + shape;
  }
}
