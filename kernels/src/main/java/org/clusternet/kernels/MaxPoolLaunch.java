package org.clusternet.kernels;

/** The launches of {@code max_pool.cu}. */
public sealed interface MaxPoolLaunch extends Launch {

  /**
   * Images and windows.
   *
   * @param images number of images
   * @param height rows of an image of x
   * @param width columns of an image of x
   * @param outHeight rows of an image of y
   * @param outWidth columns of an image of y
   * @param channels channels of x and y
   * @param kernel side of the window
   * @param stride distance between windows
   * @param padding number of rows and columns added on each side of x
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
   * @param x address of the images
   * @param y address of the maxima
   * @param winners address of U8 in the shape of y
   * @param windows extents of images and windows
   * @param grid number of blocks
   * @param block threads per block
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
   * @param winners address of U8 in the shape of y
   * @param upstream address of the gradient of y
   * @param gradient address of the gradient of x
   * @param windows extents of images and windows
   * @param grid number of blocks
   * @param block threads per block
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
