package org.clusternet.kernels;

/**
 * {@code threshold.cu}: mask[i] = x[i] at least tau.
 *
 * @param element type of x
 * @param x address of n elements
 * @param mask address of n bytes
 * @param n number of elements
 * @param tau the least F32 that is not below the threshold
 * @param grid number of blocks
 * @param block threads per block
 */
public record ThresholdLaunch(
    Element element, long x, long mask, long n, float tau, Dim grid, Dim block) implements Launch {

  @Override
  public String module() {
    return "threshold";
  }

  @Override
  public String entry() {
    return "threshold_" + element.suffix();
  }

  @Override
  public Arguments arguments() {
    return new Arguments().address(x).address(mask).i64(n).f32(tau);
  }
}
