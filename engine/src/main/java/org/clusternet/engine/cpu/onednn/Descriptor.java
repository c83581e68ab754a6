package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;

/**
 * A memory descriptor by value: what a spec says of one of its tensors.
 *
 * @param dtype element type
 * @param shape extents, in the order that oneDNN expects
 * @param layout order in memory
 */
record Descriptor(DType dtype, Shape shape, Layout layout) {

  /** The orders in memory that are asked for. */
  enum Layout {
    /** What {@link Shape} fixes: channels-last for rank 4, row-major otherwise. */
    DENSE,
    /** Rank 2, column-major. */
    TRANSPOSED,
    /** Whatever the primitive is fastest with. */
    ANY
  }

  private static final int TAG_ANY = 1;
  private static final int[] ROW_MAJOR = {0, 2, 3, 4};
  private static final int TAG_BA = 14;
  private static final int TAG_ACDB = 22;

  static Descriptor of(Tensor tensor) {
    return new Descriptor(tensor.dtype(), tensor.shape(), Layout.DENSE);
  }

  /** All elements in the order of memory, as one row: for what does not care about the shape. */
  static Descriptor row(Tensor tensor) {
    return of(tensor).reshaped(Shape.of(Math.toIntExact(tensor.elements())));
  }

  static Descriptor any(DType dtype, Shape shape) {
    return new Descriptor(dtype, shape, Layout.ANY);
  }

  /** The same bytes under another shape, for instance (N, C) as (N, C, 1, 1). */
  Descriptor reshaped(Shape other) {
    return new Descriptor(dtype, other, layout);
  }

  Descriptor with(Layout other) {
    return new Descriptor(dtype, shape, other);
  }

  /** Creates the descriptor; the caller destroys it. */
  MemorySegment create(Api api) {
    try (Arena arena = Arena.ofConfined()) {
      int[] dims = shape.dims();
      MemorySegment extents = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, dims.length));
      for (int i = 0; i < dims.length; i++) {
        extents.setAtIndex(ValueLayout.JAVA_LONG, i, dims[i]);
      }
      return Api.create(
          this,
          out ->
              (int)
                  api.memoryDescCreateWithTag.invokeExact(
                      out, dims.length, extents, code(dtype), tag()));
    }
  }

  private int tag() {
    return switch (layout) {
      case ANY -> TAG_ANY;
      case TRANSPOSED -> TAG_BA;
      case DENSE -> shape.rank() == 4 ? TAG_ACDB : ROW_MAJOR[shape.rank()];
    };
  }

  private static int code(DType dtype) {
    return switch (dtype) {
      case BF16 -> 2;
      case F32 -> 3;
      case I32 -> 4;
      case U8 -> 6;
      case F64 -> 7;
    };
  }
}
