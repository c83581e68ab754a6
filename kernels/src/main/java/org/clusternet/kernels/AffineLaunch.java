package org.clusternet.kernels;

/**
 * {@code affine.cu}: {@code y = scale x + shift}.
 *
 * @param element F32 or BF16
 * @param x address of the operand
 * @param y address of the result
 * @param n number of elements
 * @param scale the factor
 * @param shift number added to the product
 * @param grid number of blocks
 * @param block threads per block
 */
public record AffineLaunch(
    Element element, long x, long y, long n, double scale, double shift, Dim grid, Dim block)
    implements Launch {

  @Override
  public String module() {
    return "affine";
  }

  @Override
  public String entry() {
    return "affine_" + element.suffix();
  }

  @Override
  public Arguments arguments() {
    return new Arguments().address(x).address(y).i64(n).f64(scale).f64(shift);
  }
}
