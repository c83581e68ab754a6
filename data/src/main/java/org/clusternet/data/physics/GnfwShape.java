package org.clusternet.data.physics;

/**
 * The dimensionless generalised NFW profile of Nagai, Kravtsov and Vikhlinin 2007 as written by
 * Arnaud et al. 2010 (A&amp;A 517, A92, Eq. 11):
 *
 * <pre>p(x) = P0 / ((c500 x)^gamma (1 + (c500 x)^alpha)^((beta - gamma) / alpha)),  x = r / r500
 * </pre>
 *
 * @param p0 normalisation
 * @param c500 concentration: the profile bends at r500 / c500
 * @param gamma slope at the centre
 * @param alpha sharpness of the bend
 * @param beta slope far outside
 */
public record GnfwShape(double p0, double c500, double gamma, double alpha, double beta) {
  /** The universal profile, Arnaud et al. 2010, Eq. 12, for h70 = 1. */
  public static final GnfwShape ARNAUD_2010 = new GnfwShape(8.403, 1.177, 0.3081, 1.0510, 5.4905);

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if P0, c500 or alpha is not positive, gamma is negative or
   *     beta is not above gamma
   */
  public GnfwShape {
    if (!(p0 > 0 && c500 > 0 && alpha > 0 && gamma >= 0 && beta > gamma)) {
      throw new IllegalArgumentException(
          "pressure shape: P0="
              + p0
              + " c500="
              + c500
              + " gamma="
              + gamma
              + " alpha="
              + alpha
              + " beta="
              + beta
              + "; need P0, c500, alpha above 0, gamma at least 0, beta above gamma");
    }
  }

  /**
   * The profile at a scaled radius.
   *
   * @param x r / r500, positive
   * @return p(x)
   */
  public double at(double x) {
    double u = c500 * x;
    double bend = StrictMath.pow(1 + StrictMath.pow(u, alpha), (beta - gamma) / alpha);
    return p0 / (StrictMath.pow(u, gamma) * bend);
  }
}
