package org.clusternet.kernels;

/**
 * {@code bounding_box.cu}: the box of the set pixels of each mask.
 *
 * @param mask address of U8 (samples, height, width)
 * @param box address of I32 (samples, 4)
 * @param samples number of masks
 * @param height rows of a mask
 * @param width columns of a mask
 * @param grid number of blocks
 * @param block threads per block
 */
public record BoundingBoxLaunch(
    long mask, long box, int samples, int height, int width, Dim grid, Dim block)
    implements Launch {

  @Override
  public String module() {
    return "bounding_box";
  }

  @Override
  public String entry() {
    return "bounding_box";
  }

  @Override
  public Arguments arguments() {
    return new Arguments().address(mask).address(box).i32(samples).i32(height).i32(width);
  }
}
