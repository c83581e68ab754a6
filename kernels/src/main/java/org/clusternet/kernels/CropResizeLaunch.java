package org.clusternet.kernels;

/** {@code crop_resize.cu}: boxes of images, resized, and the gradient of the images. */
public sealed interface CropResizeLaunch extends Launch {

  @Override
  default String module() {
    return "crop_resize";
  }

  /**
   * The crops.
   *
   * @param element type of image and crop
   * @param image address of (N, H, W, C)
   * @param box address of I32 (N, 4)
   * @param crop address of (N, height, width, C)
   * @param resize extents of input and output
   * @param grid number of blocks
   * @param block threads per block, at most {@link Resize#MAX_THREADS}
   */
  record Forward(
      Element element, long image, long box, long crop, Resize resize, Dim grid, Dim block)
      implements CropResizeLaunch {

    @Override
    public String entry() {
      return "crop_resize_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      return resize.appendTo(new Arguments().address(image).address(box).address(crop));
    }
  }

  /**
   * The gradient of the images.
   *
   * @param element type of the gradients
   * @param upstream address of (N, height, width, C)
   * @param box address of I32 (N, 4)
   * @param gradient address of (N, H, W, C)
   * @param resize extents of the forward pass
   * @param grid number of blocks
   * @param block threads per block
   */
  record Backward(
      Element element, long upstream, long box, long gradient, Resize resize, Dim grid, Dim block)
      implements CropResizeLaunch {

    @Override
    public String entry() {
      return "crop_resize_backward_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      return resize.appendTo(new Arguments().address(upstream).address(box).address(gradient));
    }
  }
}
