package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;

/** An F32 matrix copied column by column: DST is the transpose of SRC. */
public final class Transposition {
  private Transposition() {}

  /** The copy of a matrix of the given extents. */
  public static Spec of(int rows, int columns) {
    return new Copy(Shape.of(rows, columns));
  }

  private record Copy(Shape shape) implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment from = s.md(new Descriptor(DType.F32, shape, Descriptor.Layout.DENSE));
      MemorySegment to = s.md(new Descriptor(DType.F32, shape, Descriptor.Layout.TRANSPOSED));
      MemorySegment attr = s.attributes();
      return Api.create(
          this,
          out -> (int) s.api().reorder.invokeExact(out, from, s.engine(), to, s.engine(), attr));
    }
  }
}
