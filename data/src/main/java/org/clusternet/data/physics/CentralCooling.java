package org.clusternet.data.physics;

/**
 * The radius at which the central cooling time that decides the core type is read: 0.012 r500, the
 * aperture of McDonald et al. 2013 (ApJ 774, 23) that Barnes et al. 2018 (MNRAS 481, 1809) use for
 * TNG300, with the limits of Hudson et al. 2010 (A&amp;A 513, A37).
 *
 * <p>For clusters of measured temperature r500 = 1.3 Mpc (kT / 5 keV)^0.5; for simulated ones it
 * follows from the mass ({@link Cosmology#r500}). At 5 keV the former is about a sixth larger than
 * the r500 of Arnaud, Pointecouteau and Pratt 2005 (A&amp;A 441, 893).
 */
public final class CentralCooling {
  /** The radius of the central cooling time in units of r500. */
  public static final double RADIUS_IN_R500 = 0.012;

  private CentralCooling() {}

  /**
   * The r500 of a cluster of known temperature.
   *
   * @param kT mean temperature in keV, positive
   * @return 1.3 Mpc (kT / 5 keV)^0.5, in kpc
   */
  public static double r500OfTemperature(double kT) {
    if (!(kT > 0) || Double.isInfinite(kT)) {
      throw new IllegalArgumentException("r500: kT=" + kT + " must be a finite positive number");
    }
    return 1300 * Math.sqrt(kT / 5);
  }
}
