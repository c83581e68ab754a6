package org.clusternet.kernels;

/**
 * {@code mask_combine.cu}: union or intersection of two masks.
 *
 * @param union whether to compute the union rather than the intersection
 * @param a address of n bytes
 * @param b address of n bytes
 * @param mask address of n bytes
 * @param n number of pixels
 * @param grid number of blocks
 * @param block threads per block
 */
public record MaskCombineLaunch(
    boolean union, long a, long b, long mask, long n, Dim grid, Dim block) implements Launch {

  @Override
  public String module() {
    return "mask_combine";
  }

  @Override
  public String entry() {
    return union ? "mask_combine_union" : "mask_combine_intersection";
  }

  @Override
  public Arguments arguments() {
    return new Arguments().address(a).address(b).address(mask).i64(n);
  }
}
