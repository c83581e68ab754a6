package org.clusternet.data.simulate;

import org.clusternet.data.physics.GnfwShape;

/**
 * All numbers of the simulated population in one place, each with its source. Distributions are
 * independent of each other.
 *
 * @param mass M500
 * @param entropy the entropy profiles
 * @param pressure the pressure profiles
 * @param shape the triaxial shapes
 * @param coreRadius kpc within which the gas is uniform
 */
public record ClusterPopulation(
    MassFunction mass, Entropy entropy, Pressure pressure, Shape shape, double coreRadius) {

  /**
   * K(r) = K0 + K100 (r / 100 kpc)^alpha.
   *
   * @param coolShare share of clusters whose K0 is of the cool kind
   * @param coolK0 their K0 in keV cm^2
   * @param warmK0 K0 of the others in keV cm^2
   * @param k100 K100 in keV cm^2
   * @param alpha the exponent
   */
  public record Entropy(
      double coolShare, LogNormal coolK0, LogNormal warmK0, LogNormal k100, TruncatedNormal alpha) {
    /**
     * Checks the share.
     *
     * @throws IllegalArgumentException if it is no share
     */
    public Entropy {
      if (!(coolShare >= 0 && coolShare <= 1)) {
        throw new IllegalArgumentException(
            "population: coolShare=" + coolShare + " must be from 0 to 1");
      }
    }
  }

  /**
   * The universal profile with scatter.
   *
   * @param mean the mean shape
   * @param normalisation factor on the pressure
   * @param concentration factor on c500
   * @param gamma the inner slope, in place of the mean shape's
   */
  public record Pressure(
      GnfwShape mean, LogNormal normalisation, LogNormal concentration, TruncatedNormal gamma) {}

  /**
   * Axis ratios of similar ellipsoids; the orientation is random.
   *
   * @param bOverA middle to longest axis
   * @param cOverB shortest to middle axis
   */
  public record Shape(TruncatedNormal bOverA, TruncatedNormal cOverB) {}

  /**
   * The default population.
   *
   * <ul>
   *   <li>Mass: 1e14 to 1.5e15 solar masses, the range of TNG300's clusters at z = 0; knee M* =
   *       1.8e14 / 0.7 (Bahcall and Cen 1993, see {@link MassFunction}).
   *   <li>Entropy: ACCEPT (Cavagnolo et al. 2009). K0 has two populations, 60 % around 18.9 keV
   *       cm^2 (0.48 dex) and 40 % around 169 (0.24 dex). Medians of K100 and alpha are 122 keV
   *       cm^2 and 1.24; the scatter of K100 is half the range from the 16th to the 84th percentile
   *       in ACCEPT's catalogue, 0.22 dex; that of alpha, 0.34 there, is mostly fitting error,
   *       anticorrelated with K100's, and 0.15 is taken.
   *   <li>Pressure: Arnaud et al. 2010, Eq. 12. Their profiles scatter by less than 30 % beyond 0.2
   *       r500 and increasingly towards the centre, cool cores being the more concentrated ones:
   *       0.05 dex in the normalisation, 0.03 dex in c500 and 0.12 in gamma give a quarter there
   *       and a half at 0.03 r500.
   *   <li>Shape: most probable axes 1.4 : 1.3 : 1, from the X-ray images of 89 clusters (Shankar
   *       and Khatri 2019, arXiv:1908.04454); the widths, 0.07 and 0.09, are chosen so that
   *       projected axis ratios come out around 0.8 with a scatter of 0.1.
   *   <li>Core radius: 1.5 kpc, the softening length of TNG300 (Nelson et al. 2019, Comput.
   *       Astrophys. Cosmol. 6, 2).
   * </ul>
   *
   * @return the population
   */
  public static ClusterPopulation standard() {
    return new ClusterPopulation(
        new MassFunction(1e14, 1.5e15, 1.8e14 / 0.7),
        new Entropy(
            0.6,
            new LogNormal(18.9, 0.48),
            new LogNormal(169, 0.24),
            new LogNormal(122, 0.22),
            new TruncatedNormal(1.24, 0.15, 0.8, 1.7)),
        new Pressure(
            GnfwShape.ARNAUD_2010,
            new LogNormal(1, 0.05),
            new LogNormal(1, 0.03),
            new TruncatedNormal(GnfwShape.ARNAUD_2010.gamma(), 0.12, 0, 0.75)),
        new Shape(
            new TruncatedNormal(1.3 / 1.4, 0.07, 0.5, 1),
            new TruncatedNormal(1 / 1.3, 0.09, 0.4, 1)),
        1.5);
  }
}
