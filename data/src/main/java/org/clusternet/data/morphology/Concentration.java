package org.clusternet.data.morphology;

/**
 * How much of a cluster's light comes from its core: the ratio of the fluxes within two circles
 * around the X-ray peak.
 *
 * <p>C_phys, 40 kpc over 400 kpc, is that of Santos et al. 2008 (A&amp;A 483, 35), who call
 * clusters above 0.155 pronounced cool cores and those below 0.075 non-cool cores. C_scaled, 0.15
 * r500 over r500, follows Maughan et al. 2012 (MNRAS 421, 1583). Both are defined on images free of
 * background.
 */
public final class Concentration {
  /** The inner radius of C_phys in kpc. */
  public static final double INNER_KPC = 40;

  /** The outer radius of C_phys in kpc. */
  public static final double OUTER_KPC = 400;

  /** The inner radius of C_scaled in units of r500. */
  public static final double INNER_R500 = 0.15;

  private Concentration() {}

  /**
   * C_phys.
   *
   * @param scaled the image
   * @param peak the X-ray peak
   * @return flux within 40 kpc over flux within 400 kpc; NaN if not observed or without flux
   */
  public static double physical(ScaledImage scaled, Position peak) {
    return ratio(scaled, peak, INNER_KPC, OUTER_KPC);
  }

  /**
   * C_scaled.
   *
   * @param scaled the image
   * @param peak the X-ray peak
   * @param r500 r500 in kpc
   * @return flux within 0.15 r500 over flux within r500; NaN if not observed or without flux
   */
  public static double scaled(ScaledImage scaled, Position peak, double r500) {
    return ratio(scaled, peak, INNER_R500 * r500, r500);
  }

  /**
   * The ratio for any two radii.
   *
   * @param scaled the image
   * @param centre common centre of both circles
   * @param inner inner radius in kpc
   * @param outer outer radius in kpc
   * @return inner flux over outer flux; NaN if either was not observed or the outer is not positive
   * @throws IllegalArgumentException if a radius is not positive, or the inner one is not the
   *     smaller
   */
  public static double ratio(ScaledImage scaled, Position centre, double inner, double outer) {
    if (!(inner < outer)) {
      throw new IllegalArgumentException(
          "concentration: inner=" + inner + " outer=" + outer + " kpc; inner must be the smaller");
    }
    double whole = Aperture.flux(scaled, centre, outer);
    double core = Aperture.flux(scaled, centre, inner);
    return whole > 0 ? core / whole : Double.NaN;
  }
}
