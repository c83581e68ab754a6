package org.clusternet.kernels;

/** The launches of {@code softmax.cu}, which computes probabilities or their logarithms. */
public sealed interface SoftmaxLaunch extends Launch {

  @Override
  default String module() {
    return "softmax";
  }

  private static String entry(String kind, boolean log, Element element) {
    return (log ? "log_softmax_" : "softmax_") + kind + element.suffix();
  }

  /**
   * From logits.
   *
   * @param element F32 or BF16
   * @param log whether y is the logarithm of the probabilities
   * @param x address of the logits
   * @param y address of the result
   * @param rows rows of x and y, and the lanes that work on each
   * @param grid number of blocks
   * @param block threads per block
   */
  record Forward(Element element, boolean log, long x, long y, ShortRows rows, Dim grid, Dim block)
      implements SoftmaxLaunch {

    @Override
    public String entry() {
      return SoftmaxLaunch.entry("", log, element);
    }

    @Override
    public Arguments arguments() {
      return rows.appendTo(new Arguments().address(x).address(y));
    }
  }

  /**
   * The gradient.
   *
   * @param element F32 or BF16
   * @param log whether y is the logarithm of the probabilities
   * @param saved address of y of the forward launch, or of its x for the logarithm
   * @param upstream address of the gradient with respect to y
   * @param gradient address of the gradient with respect to x
   * @param rows rows of all three tensors, and the lanes that work on each
   * @param grid number of blocks
   * @param block threads per block
   */
  record Backward(
      Element element,
      boolean log,
      long saved,
      long upstream,
      long gradient,
      ShortRows rows,
      Dim grid,
      Dim block)
      implements SoftmaxLaunch {

    @Override
    public String entry() {
      return SoftmaxLaunch.entry("backward_", log, element);
    }

    @Override
    public Arguments arguments() {
      return rows.appendTo(new Arguments().address(saved).address(upstream).address(gradient));
    }
  }
}
