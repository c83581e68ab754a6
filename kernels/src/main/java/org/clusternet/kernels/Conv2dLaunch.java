package org.clusternet.kernels;

/** The launches of {@code conv2d.cu}: the bias of a convolution or of a fully connected layer. */
public sealed interface Conv2dLaunch extends Launch {
  /** Columns per block of {@link BiasGradient}. */
  int COLUMNS = 32;

  @Override
  default String module() {
    return "conv2d";
  }

  /**
   * {@code y += bias}, in every row.
   *
   * @param element type of y, F32 or BF16
   * @param y address of (n / columns, columns) elements
   * @param bias address of F32 (columns)
   * @param n number of elements of y
   * @param columns length of the bias
   * @param grid number of blocks
   * @param block threads per block
   */
  record AddBias(Element element, long y, long bias, long n, int columns, Dim grid, Dim block)
      implements Conv2dLaunch {

    @Override
    public String entry() {
      return "conv2d_bias_" + element.suffix();
    }

    @Override
    public Arguments arguments() {
      return new Arguments().address(y).address(bias).i64(n).i32(columns);
    }
  }

  /**
   * Sums of the columns of y.
   *
   * @param element type of y, F32 or BF16
   * @param y address of (rows, columns) elements
   * @param sums address of F32 (columns)
   * @param rows number of rows
   * @param columns number of columns
   * @param block threads per block, a multiple of 32
   */
  record BiasGradient(Element element, long y, long sums, long rows, int columns, Dim block)
      implements Conv2dLaunch {

    @Override
    public String entry() {
      return "conv2d_bias_gradient_" + element.suffix();
    }

    @Override
    public Dim grid() {
      return Dim.of(Dim.blocks(columns, COLUMNS));
    }

    @Override
    public Arguments arguments() {
      return new Arguments().address(y).address(sums).i64(rows).i32(columns);
    }
  }
}
