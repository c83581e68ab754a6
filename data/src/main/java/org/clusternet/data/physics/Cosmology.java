package org.clusternet.data.physics;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * A flat universe of matter and a cosmological constant (radiation neglected).
 *
 * <p>Distances after Hogg 1999 (astro-ph/9905116): the comoving distance is (c/H0) times the
 * integral of 1/E(z), with E(z) = sqrt(Om (1+z)^3 + 1 - Om). The integrand is smooth, so one
 * Gauss-Legendre rule of 64 nodes reaches rounding error for any redshift of a cluster.
 *
 * @param hubble H0 in km/s/Mpc, positive
 * @param omegaMatter the density of matter in units of the critical one, above 0 and at most 1
 */
public record Cosmology(double hubble, double omegaMatter) {
  /** H0 = 70 km/s/Mpc, Om = 0.3: the cosmology of ACCEPT and of Arnaud et al. 2010. */
  public static final Cosmology STANDARD = new Cosmology(70, 0.3);

  private static final GaussIntegratorFactory RULES = new GaussIntegratorFactory();

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public Cosmology {
    if (!(hubble > 0 && omegaMatter > 0 && omegaMatter <= 1)) {
      throw new IllegalArgumentException(
          "cosmology: H0="
              + hubble
              + " Om="
              + omegaMatter
              + "; need H0 above 0 and Om above 0 and at most 1");
    }
  }

  /**
   * The expansion rate in units of today's.
   *
   * @param z redshift, at least 0
   * @return E(z) = H(z)/H0
   */
  public double expansion(double z) {
    if (!(z >= 0) || Double.isInfinite(z)) {
      throw new IllegalArgumentException("cosmology: z=" + z + " must be finite and at least 0");
    }
    double a = 1 + z;
    return Math.sqrt(omegaMatter * a * a * a + 1 - omegaMatter);
  }

  /**
   * The critical density 3 H(z)^2 / (8 pi G).
   *
   * @param z redshift, at least 0
   * @return in solar masses per kpc^3
   */
  public double criticalDensity(double z) {
    double perSecond = hubble * expansion(z) * 1e5 / (Units.KPC_CM * Units.MPC_KPC);
    double cgs = 3 * perSecond * perSecond / (8 * Math.PI * Units.G_CGS);
    return cgs * Units.KPC_CM * Units.KPC_CM * Units.KPC_CM / Units.SOLAR_MASS_G;
  }

  /**
   * The angular diameter distance.
   *
   * @param z redshift, at least 0
   * @return in Mpc
   */
  public double angularDiameterDistance(double z) {
    expansion(z);
    if (z == 0) {
      return 0;
    }
    GaussIntegrator rule = RULES.legendre(64, 0, z);
    double comoving = Units.SPEED_OF_LIGHT_KM_S / hubble * rule.integrate(x -> 1 / expansion(x));
    return comoving / (1 + z);
  }

  /**
   * The size that an arcsecond spans at a redshift.
   *
   * @param z redshift, above 0
   * @return kpc per arcsec
   */
  public double kpcPerArcsec(double z) {
    return angularDiameterDistance(z) * Units.MPC_KPC * Math.PI / (180 * 3600);
  }

  /**
   * The radius within which the mean density is 500 times the critical one.
   *
   * @param m500 the mass within it in solar masses, positive
   * @param z redshift, at least 0
   * @return r500 in kpc
   */
  public double r500(double m500, double z) {
    if (!(m500 > 0) || Double.isInfinite(m500)) {
      throw new IllegalArgumentException(
          "cosmology: M500=" + m500 + " must be a finite positive number of solar masses");
    }
    return StrictMath.cbrt(3 * m500 / (4 * Math.PI * 500 * criticalDensity(z)));
  }

  /**
   * The mass within r500, the inverse of {@link #r500(double, double)}.
   *
   * @param r500 radius in kpc
   * @param z redshift, at least 0
   * @return M500 in solar masses
   */
  public double m500(double r500, double z) {
    return 4 * Math.PI / 3 * r500 * r500 * r500 * 500 * criticalDensity(z);
  }
}
