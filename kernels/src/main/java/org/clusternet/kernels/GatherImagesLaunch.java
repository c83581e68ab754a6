package org.clusternet.kernels;

/**
 * {@code gather_images.cu}: a batch of images by their indices, each pixel repeated over channels.
 *
 * @param element F32 or BF16
 * @param store address of all images
 * @param images number of images in the store
 * @param numbers address of the indices, I32
 * @param y address of the batch
 * @param n number of images in the batch
 * @param pixels pixels per image
 * @param channels number of channels over which each pixel is repeated
 * @param grid number of blocks
 * @param block threads per block
 */
public record GatherImagesLaunch(
    Element element,
    long store,
    int images,
    long numbers,
    long y,
    long n,
    long pixels,
    long channels,
    Dim grid,
    Dim block)
    implements Launch {

  @Override
  public String module() {
    return "gather_images";
  }

  @Override
  public String entry() {
    return "gather_images_" + element.suffix();
  }

  @Override
  public Arguments arguments() {
    return new Arguments()
        .address(store)
        .i32(images)
        .address(numbers)
        .address(y)
        .i64(n)
        .i64(pixels)
        .i64(channels);
  }
}
