package org.clusternet.kernels;

/**
 * {@code cast.cu}: the same values in another type.
 *
 * @param from type of x
 * @param to type of y, other than that of x
 * @param x address of the operand
 * @param y address of the result
 * @param n number of elements
 * @param grid number of blocks
 * @param block threads per block
 */
public record CastLaunch(Element from, Element to, long x, long y, long n, Dim grid, Dim block)
    implements Launch {

  @Override
  public String module() {
    return "cast";
  }

  @Override
  public String entry() {
    return "cast_" + from.suffix() + "_" + to.suffix();
  }

  @Override
  public Arguments arguments() {
    return new Arguments().address(x).address(y).i64(n);
  }
}
