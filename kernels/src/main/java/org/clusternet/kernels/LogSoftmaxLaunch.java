package org.clusternet.kernels;

/** The launches of {@code log_softmax.cu}. */
public sealed interface LogSoftmaxLaunch extends Launch {

  @Override
  default String module() {
    return "log_softmax";
  }

  /**
   * From logits.
   *
   * @param element F32 or BF16
   * @param x logits
   * @param y result
   * @param rows of both
   * @param grid blocks
   * @param block threads
   */
  record Forward(Element element, long x, long y, ShortRows rows, Dim grid, Dim block)
      implements LogSoftmaxLaunch {

    @Override
    public String entry() {
      return "log_softmax_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .address(x)
          .address(y)
          .i64(rows.rows())
          .i32(rows.length())
          .i32(rows.width());
    }
  }

  /**
   * The gradient.
   *
   * @param element F32 or BF16
   * @param saved x of the forward launch
   * @param upstream gradient of y
   * @param gradient of x
   * @param rows of all
   * @param grid blocks
   * @param block threads
   */
  record Backward(
      Element element,
      long saved,
      long upstream,
      long gradient,
      ShortRows rows,
      Dim grid,
      Dim block)
      implements LogSoftmaxLaunch {

    @Override
    public String entry() {
      return "log_softmax_backward_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .address(saved)
          .address(upstream)
          .address(gradient)
          .i64(rows.rows())
          .i32(rows.length())
          .i32(rows.width());
    }
  }
}
