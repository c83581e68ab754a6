package org.clusternet.engine.cuda.api;

import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;

/**
 * One of the three products of a convolution, by the shapes of its operands: x (N, C, H, W) and y
 * (N, O, oH, oW) are channels-last in memory, w (O, C, kH, kW) is O kH kW C.
 *
 * @param pass which of the three is computed from the other two
 * @param dtype element type of x, w and y, F32 or BF16; sums are F32
 * @param math how products of F32 are computed
 * @param x shape of x
 * @param w shape of w
 * @param y shape of y
 * @param stride step of the window
 * @param padding zeros around x
 * @param alignment a power of two, at most 16, of which all addresses of operands are multiples
 */
public record ConvolutionProblem(
    Pass pass,
    DType dtype,
    MathMode math,
    Shape x,
    Shape w,
    Shape y,
    int stride,
    int padding,
    int alignment) {

  /** What is computed. */
  public enum Pass {
    /** y from x and w. */
    FORWARD,
    /** The gradient of x from w and that of y. */
    BACKWARD_DATA,
    /** The gradient of w from x and that of y. */
    BACKWARD_FILTER
  }

  /** For instance {@code BACKWARD_DATA of F32 x(8, 3, 9, 9) w(4, 3, 3, 3) y(8, 4, 9, 9)}. */
  @Override
  public String toString() {
    return "%s of %s x%s w%s y%s stride=%d padding=%d %s"
        .formatted(pass, dtype, x, w, y, stride, padding, math);
  }
}
