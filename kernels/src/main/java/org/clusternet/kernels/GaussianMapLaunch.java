package org.clusternet.kernels;

/** {@code gaussian_map.cu}: {@link Brightest} and then {@link Density}. */
public sealed interface GaussianMapLaunch extends Launch {

  @Override
  default String module() {
    return "gaussian_map";
  }

  /**
   * The brightest pixel of each part of each image, or the image's peak where it is given.
   *
   * @param element type of the image
   * @param image address of (samples, pixels, channels)
   * @param peaks address of I32 (samples, 2), each (x, y) or (-1, -1) for none; 0 for none at all
   * @param partial address of 8 bytes per sample and part
   * @param height rows of an image
   * @param width columns of an image
   * @param channels channels of an image, of which the first is used
   * @param grid (parts, samples) blocks
   * @param block threads per block
   */
  record Brightest(
      Element element,
      long image,
      long peaks,
      long partial,
      int height,
      int width,
      int channels,
      Dim grid,
      Dim block)
      implements GaussianMapLaunch {

    @Override
    public String entry() {
      return "gaussian_map_brightest_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .address(image)
          .address(peaks)
          .address(partial)
          .i32(height)
          .i32(width)
          .i32(channels);
    }
  }

  /**
   * The density about the brightest pixel of all parts, or about the peak that was given.
   *
   * @param partial address of the results of {@link Brightest}
   * @param map address of F32 (samples, height, width)
   * @param samples number of maps
   * @param parts number of parts per sample
   * @param height rows of a map
   * @param width columns of a map
   * @param lambda sharpness of the Gaussian
   * @param peak density at the centre
   * @param grid number of blocks
   * @param block threads per block
   */
  record Density(
      long partial,
      long map,
      int samples,
      int parts,
      int height,
      int width,
      double lambda,
      double peak,
      Dim grid,
      Dim block)
      implements GaussianMapLaunch {
    /** Rows that a block fills at a time. */
    public static final int ROWS = 32;

    @Override
    public String entry() {
      return "gaussian_map";
    }

    @Override
    public Arguments arguments() {
      return new Arguments()
          .address(partial)
          .address(map)
          .i32(samples)
          .i32(parts)
          .i32(height)
          .i32(width)
          .f64(lambda)
          .f64(peak);
    }
  }
}
