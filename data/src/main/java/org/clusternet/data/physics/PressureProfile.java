package org.clusternet.data.physics;

/**
 * The universal electron pressure profile of Arnaud et al. 2010 (A&amp;A 517, A92, Eq. 5, 9, 10,
 * 13):
 *
 * <pre>
 * P(r)  = P500 p(x) (M500 / 3e14 Msun)^(0.12 + a(x)),  x = r / r500
 * a(x)  = 0.10 - 0.22 (2x)^3 / (1 + (2x)^3)
 * P500  = 1.65e-3 E(z)^(8/3) (M500 / 3e14 Msun)^(2/3) keV cm^-3
 * </pre>
 *
 * <p>for H0 = 70 km/s/Mpc. The sum of the two exponents is 0.22 / (1 + (2x)^3), which is how it is
 * computed. The shape may differ from the universal one.
 *
 * @param m500 mass within r500 in solar masses
 * @param r500 in kpc
 * @param p500 the characteristic pressure in keV cm^-3
 * @param shape the dimensionless profile
 */
public record PressureProfile(double m500, double r500, double p500, GnfwShape shape) {
  /** The mass at which the paper normalises its relations, in solar masses. */
  public static final double PIVOT_MASS = 3e14;

  private static final double MASS_EXPONENT_AT_CENTRE = 0.22;

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public PressureProfile {
    if (!(m500 > 0 && r500 > 0 && p500 > 0)) {
      throw new IllegalArgumentException(
          "pressure profile: M500="
              + m500
              + " r500="
              + r500
              + " P500="
              + p500
              + "; all must be above 0");
    }
  }

  /**
   * The profile of a cluster.
   *
   * @param m500 mass within r500 in solar masses
   * @param z redshift
   * @param cosmology gives r500 and E(z); H0 must be 70 km/s/Mpc, as the paper's numbers are
   * @param shape the dimensionless profile
   * @return the profile
   * @throws IllegalArgumentException if H0 is another
   */
  public static PressureProfile of(double m500, double z, Cosmology cosmology, GnfwShape shape) {
    if (cosmology.hubble() != 70) {
      throw new IllegalArgumentException(
          "pressure profile: H0=" + cosmology.hubble() + "; the published P500 holds for H0=70");
    }
    double evolution = StrictMath.pow(cosmology.expansion(z), 8.0 / 3);
    double p500 = 1.65e-3 * evolution * StrictMath.pow(m500 / PIVOT_MASS, 2.0 / 3);
    return new PressureProfile(m500, cosmology.r500(m500, z), p500, shape);
  }

  /**
   * The electron pressure at a radius.
   *
   * @param r radius in kpc, positive
   * @return P = n_e kT in keV cm^-3
   */
  public double at(double r) {
    double x = r / r500;
    double exponent = MASS_EXPONENT_AT_CENTRE / (1 + 8 * x * x * x);
    return p500 * shape.at(x) * StrictMath.pow(m500 / PIVOT_MASS, exponent);
  }
}
