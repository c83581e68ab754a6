package org.clusternet.kernels;

/**
 * Extents of a bilinear resizing, for the launches that do it.
 *
 * @param samples number of images
 * @param channels channels per image
 * @param inHeight rows of the image
 * @param inWidth columns of the image
 * @param height rows of the output
 * @param width columns of the output
 */
public record Resize(int samples, int channels, int inHeight, int inWidth, int height, int width) {
  /** The longest side of image and output: positions are computed in 32-bit integers. */
  public static final int MAX_SIDE = 0x7fff;

  /** The largest block of the forward kernels: their registers allow no more. */
  public static final int MAX_THREADS = 768;

  /** Rows of the output that a block computes at a time. */
  public static final int STRIP = 16;

  /** Elements of a row that a thread processes at once; the same number as in the kernel. */
  private static final int COLUMNS = 3;

  private static final int WARP = 32;

  /** Checks the sides. */
  public Resize {
    int longest = Math.max(Math.max(inHeight, inWidth), Math.max(height, width));
    if (longest > MAX_SIDE) {
      throw new IllegalArgumentException(
          "resize: side="
              + longest
              + "; the CUDA kernels take images of at most "
              + MAX_SIDE
              + " pixels a side");
    }
  }

  /** Threads that a row of the output keeps busy, rounded up to whole warps. */
  public int threadsOfRow() {
    return Math.toIntExact(Dim.blocks((long) width * channels, (long) COLUMNS * WARP) * WARP);
  }

  /** Number of strips of the output, each for one block. */
  public long strips() {
    return samples * Dim.blocks(height, STRIP);
  }

  /** Elements of all images. */
  public long inElements() {
    return (long) samples * channels * inHeight * inWidth;
  }

  Arguments appendTo(Arguments arguments) {
    return arguments.i32(samples).i32(channels).i32(inHeight).i32(inWidth).i32(height).i32(width);
  }
}
