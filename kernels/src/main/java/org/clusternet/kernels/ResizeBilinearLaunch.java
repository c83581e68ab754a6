package org.clusternet.kernels;

/** {@code resize_bilinear.cu}: images at another size, and their gradient. */
public sealed interface ResizeBilinearLaunch extends Launch {

  @Override
  default String module() {
    return "resize_bilinear";
  }

  /**
   * The resized images.
   *
   * @param element type of x and y
   * @param x address of (N, H, W, C)
   * @param y address of (N, height, width, C)
   * @param resize extents of input and output
   * @param grid number of blocks
   * @param block threads per block, at most {@link Resize#MAX_THREADS}
   */
  record Forward(Element element, long x, long y, Resize resize, Dim grid, Dim block)
      implements ResizeBilinearLaunch {

    @Override
    public String entry() {
      return "resize_bilinear_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      return resize.appendTo(new Arguments().address(x).address(y));
    }
  }

  /**
   * The gradient of x.
   *
   * @param element type of the gradients
   * @param upstream address of (N, height, width, C)
   * @param gradient address of (N, H, W, C)
   * @param resize extents of the forward pass
   * @param grid number of blocks
   * @param block threads per block
   */
  record Backward(Element element, long upstream, long gradient, Resize resize, Dim grid, Dim block)
      implements ResizeBilinearLaunch {

    @Override
    public String entry() {
      return "resize_bilinear_backward_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      return resize.appendTo(new Arguments().address(upstream).address(gradient));
    }
  }
}
