package org.clusternet.kernels;

/**
 * {@code global_average_pool.cu}: the gradient; the mean itself is a {@link SumToLaunch}.
 *
 * @param element type of the gradient
 * @param lanes channels per access: as many as 16 bytes hold, or 1
 * @param upstream address of F32 (images, channels)
 * @param gradient address of (images, pixels, channels)
 * @param images number of images
 * @param pixels pixels per image
 * @param channels number of channels
 * @param grid number of blocks
 * @param block threads per block
 */
public record GlobalAveragePoolLaunch(
    Element element,
    int lanes,
    long upstream,
    long gradient,
    long images,
    long pixels,
    long channels,
    Dim grid,
    Dim block)
    implements Launch {

  @Override
  public String module() {
    return "global_average_pool";
  }

  @Override
  public String entry() {
    return "global_average_pool_backward_" + element.suffix() + (lanes == 1 ? "_scalar" : "");
  }

  @Override
  public Arguments arguments() {
    return new Arguments()
        .address(upstream)
        .address(gradient)
        .i64(images)
        .i64(pixels)
        .i64(channels);
  }
}
