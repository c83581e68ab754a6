package org.clusternet.data.projection;

/**
 * The cubic spline kernel of smoothed particle hydrodynamics (Monaghan and Lattanzio 1985, A&amp;A
 * 149, 135) integrated along the line of sight.
 *
 * <p>With q the distance in units of the radius at which the kernel ends,
 *
 * <pre>
 * W(q) = (8 / pi) (1 - 6 q^2 + 6 q^3)   for q up to 1/2
 *      = (8 / pi) 2 (1 - q)^3           for q up to 1
 * F(p) = 2 int_0^sqrt(1 - p^2) W(sqrt(p^2 + l^2)) dl,    int_0^1 F(p) 2 pi p dp = 1
 * </pre>
 *
 * <p>F has no short closed form. It is (1 - s)^3 P(s) with s = p^2 and P of degree 8, fitted to F
 * with the smallest maximum deviation, 1.0e-4 of F(0), under the condition of unit mass; positive
 * up to the end. Unlike a table, this is arithmetic alone, which the JIT compiler turns into vector
 * instructions.
 */
final class ProjectedSpline {
  private static final double P0 = 1.90966658;
  private static final double P1 = -4.764992878;
  private static final double P2 = 11.70282189;
  private static final double P3 = -72.45088456;
  private static final double P4 = 351.7639801;
  private static final double P5 = -934.5945201;
  private static final double P6 = 1356.772859;
  private static final double P7 = -1019.700589;
  private static final double P8 = 310.7632001;

  private ProjectedSpline() {}

  /**
   * The projected kernel.
   *
   * @param square p^2, at least 0
   * @return F(p), 0 from the kernel's end on
   */
  static double at(double square) {
    return square < 1 ? inside(square) : 0;
  }

  /**
   * The projected kernel at many radii.
   *
   * @param squares p^2 minus {@code more}
   * @param more number added to each of them; the sums are at most 1, apart from rounding
   * @param values output: F(p)
   * @param from the first index
   * @param to the index after the last
   */
  static void at(double[] squares, double more, double[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = inside(squares[i] + more);
    }
  }

  /** The cube's absolute value: rounding just beyond the end must give nothing negative. */
  private static double inside(double s) {
    double t = Math.abs(1 - s);
    double high = ((P8 * s + P7) * s + P6) * s + P5;
    double low = ((P4 * s + P3) * s + P2) * s + P1;
    double square = s * s;
    return t * t * t * ((high * square * square + low) * s + P0);
  }
}
