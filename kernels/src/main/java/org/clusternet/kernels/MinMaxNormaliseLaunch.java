package org.clusternet.kernels;

/** {@code min_max_normalise.cu}: {@link Extremes} and then {@link Apply}, over one grid. */
public sealed interface MinMaxNormaliseLaunch extends Launch {

  @Override
  default String module() {
    return "min_max_normalise";
  }

  /**
   * The least and largest number of each part of each sample.
   *
   * @param element type of x
   * @param x address of the samples
   * @param partial address of F32 (samples, parts, 2)
   * @param size elements per sample
   * @param grid (parts, samples) blocks
   * @param block threads per block
   */
  record Extremes(Element element, long x, long partial, long size, Dim grid, Dim block)
      implements MinMaxNormaliseLaunch {

    @Override
    public String entry() {
      return "min_max_normalise_extremes_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      return new Arguments().address(x).address(partial).i64(size);
    }
  }

  /**
   * The normalisation.
   *
   * @param element type of x and y
   * @param x address of the samples
   * @param partial address of the results of {@link Extremes}
   * @param y address of the normalised samples
   * @param size elements per sample
   * @param grid the grid of {@link Extremes}
   * @param block threads per block
   */
  record Apply(Element element, long x, long partial, long y, long size, Dim grid, Dim block)
      implements MinMaxNormaliseLaunch {

    @Override
    public String entry() {
      return "min_max_normalise_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      return new Arguments().address(x).address(partial).address(y).i64(size);
    }
  }
}
