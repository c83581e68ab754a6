package org.clusternet.kernels;

/** The launches of {@code max_pool.cu}. */
public sealed interface MaxPoolLaunch extends Launch {

  /**
   * Images and windows.
   *
   * @param images number of images
   * @param height of x
   * @param width of x
   * @param outHeight of y
   * @param outWidth of y
   * @param channels of both
   * @param kernel side of the window
   * @param stride step of the window
   * @param padding rows and columns around x
   */
  record Windows(
      long images,
      int height,
      int width,
      int outHeight,
      int outWidth,
      int channels,
      int kernel,
      int stride,
      int padding) {

    private Arguments append(Arguments to) {
      return to.i64(images)
          .i32(height)
          .i32(width)
          .i32(outHeight)
          .i32(outWidth)
          .i32(channels)
          .i32(kernel)
          .i32(stride)
          .i32(padding);
    }
  }

  @Override
  default String module() {
    return "max_pool";
  }

  private static String suffix(Element element, int lanes) {
    return element.suffix() + (lanes == 1 ? "_scalar" : "");
  }

  /**
   * Maxima and winners.
   *
   * @param element F32 or BF16
   * @param lanes channels per access: as many as 16 bytes hold, or 1
   * @param x images
   * @param y maxima
   * @param winners U8, as y
   * @param windows extents
   * @param grid blocks
   * @param block threads
   */
  record Forward(
      Element element,
      int lanes,
      long x,
      long y,
      long winners,
      Windows windows,
      Dim grid,
      Dim block)
      implements MaxPoolLaunch {

    @Override
    public String entry() {
      return "max_pool_" + suffix(element, lanes);
    }

    @Override
    public Arguments arguments() {
      return windows.append(new Arguments().address(x).address(y).address(winners));
    }
  }

  /**
   * The gradient.
   *
   * @param element F32 or BF16
   * @param lanes channels per access: as many as 16 bytes hold, or 1
   * @param winners U8, as y
   * @param upstream gradient of y
   * @param gradient of x
   * @param windows extents
   * @param grid blocks
   * @param block threads
   */
  record Backward(
      Element element,
      int lanes,
      long winners,
      long upstream,
      long gradient,
      Windows windows,
      Dim grid,
      Dim block)
      implements MaxPoolLaunch {

    @Override
    public String entry() {
      return "max_pool_backward_" + suffix(element, lanes);
    }

    @Override
    public Arguments arguments() {
      return windows.append(new Arguments().address(winners).address(upstream).address(gradient));
    }
  }
}
