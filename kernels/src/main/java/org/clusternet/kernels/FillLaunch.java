package org.clusternet.kernels;

/**
 * {@code fill.cu}: y[0..n) = value.
 *
 * @param bits size of an element: 8, 16, 32 or 64
 * @param y address of the elements
 * @param n number of elements
 * @param value the element's bits
 * @param grid number of blocks
 * @param block threads per block
 */
public record FillLaunch(int bits, long y, long n, long value, Dim grid, Dim block)
    implements Launch {

  @Override
  public String module() {
    return "fill";
  }

  @Override
  public String entry() {
    return "fill_" + bits;
  }

  @Override
  public Arguments arguments() {
    return new Arguments().address(y).i64(n).i64(value);
  }
}
