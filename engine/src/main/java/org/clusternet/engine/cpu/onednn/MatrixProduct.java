package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Products of rank-2 tensors, either of them transposed, with an optional bias row; and batches of
 * F32 products that a thread runs on its own.
 */
public final class MatrixProduct {
  private MatrixProduct() {}

  /**
   * {@code DST = op(SRC) op(WEIGHTS) (+ BIAS)}.
   *
   * @param a left operand, (m, k), or (k, m) where transposed
   * @param b right operand, (k, n), or (n, k) where transposed
   * @param bias (n), where there is one
   * @param c the product, (m, n)
   */
  public static Spec of(
      Tensor a, boolean transposeA, Tensor b, boolean transposeB, @Nullable Tensor bias, Tensor c) {
    Descriptor shift = bias == null ? null : Descriptor.of(bias).reshaped(Shape.of(1, bias.dim(0)));
    return new Product(operand(a, transposeA), operand(b, transposeB), shift, Descriptor.of(c));
  }

  private static Descriptor operand(Tensor t, boolean transposed) {
    DType dtype = t.dtype();
    return transposed
        ? new Descriptor(dtype, Shape.of(t.dim(1), t.dim(0)), Descriptor.Layout.TRANSPOSED)
        : Descriptor.of(t);
  }

  private record Product(Descriptor a, Descriptor b, @Nullable Descriptor bias, Descriptor c)
      implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment src = s.md(a);
      MemorySegment weights = s.md(b);
      MemorySegment shift = s.md(bias);
      MemorySegment dst = s.md(c);
      MemorySegment attr = s.attributes();
      return Api.create(
          this,
          out -> (int) s.api().matmul.invokeExact(out, s.engine(), src, weights, shift, dst, attr));
    }
  }

  /**
   * {@code DST[b] = SRC[b] WEIGHTS[b]} for every b.
   *
   * @param a left operands
   * @param b right operands
   * @param c products
   * @param lane the thread that runs it
   */
  public static Spec batch(Matrices a, Matrices b, Matrices c, int lane) {
    return new Batch(a, b, c, false, lane);
  }

  /**
   * {@code DST[b] += SRC[b] WEIGHTS[b]} for every b.
   *
   * @param a left operands
   * @param b right operands
   * @param c sums
   * @param lane the thread that runs it
   */
  public static Spec batchSum(Matrices a, Matrices b, Matrices c, int lane) {
    return new Batch(a, b, c, true, lane);
  }

  private record Batch(Matrices a, Matrices b, Matrices c, boolean sum, int lane) implements Spec {

    @Override
    public MemorySegment describe(Session s) {
      MemorySegment src = s.md(a);
      MemorySegment weights = s.md(b);
      MemorySegment dst = s.md(c);
      MemorySegment none = MemorySegment.NULL;
      MemorySegment attr = sum ? s.accumulating() : s.attributes();
      return Api.create(
          this,
          out -> (int) s.api().matmul.invokeExact(out, s.engine(), src, weights, none, dst, attr));
    }
  }
}
