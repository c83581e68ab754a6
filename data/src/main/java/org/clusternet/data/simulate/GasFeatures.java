package org.clusternet.data.simulate;

import org.jspecify.annotations.Nullable;

/**
 * Disturbances and substructure of the gas of simulated clusters: the parameters of {@link
 * ClusterPopulation} that are not profiles. Probabilities and strengths may depend on the core
 * entropy ({@link CoreTrend}). A feature that is null does not occur.
 *
 * @param offset offset of the gas from the potential minimum
 * @param sloshing spirals and cold fronts
 * @param cavities bubbles with rims
 * @param merger second clusters with shocks
 * @param clumps groups and galaxies
 * @param turbulence fluctuations of the density
 */
public record GasFeatures(
    @Nullable Offset offset,
    @Nullable Sloshers sloshing,
    @Nullable Cavities cavities,
    @Nullable Mergers merger,
    @Nullable Clumps clumps,
    @Nullable Turbulence turbulence) {

  /**
   * Offset of the gas from the potential minimum: small in most clusters, which slosh, and tens of
   * kpc in those displaced by a merger.
   *
   * @param logQuiet log10 of the offset in kpc of undisturbed clusters
   * @param disturbed fraction of displaced clusters
   * @param displaced offset in kpc of displaced clusters
   */
  public record Offset(CoreTrend logQuiet, CoreTrend disturbed, LogNormal displaced) {}

  /**
   * Sloshing spirals.
   *
   * @param probability probability that a cluster has a spiral
   * @param amplitude amplitude of the displacement of entropy, in units of the radius
   * @param radius radius of the largest amplitude, in kpc
   * @param width width of the radial range in ln r
   * @param winding radians per e-fold of radius
   */
  public record Sloshers(
      CoreTrend probability,
      TruncatedNormal amplitude,
      LogNormal radius,
      TruncatedNormal width,
      TruncatedNormal winding) {}

  /**
   * Pairs of cavities on opposite sides of the core.
   *
   * @param probability probability of a pair; a second, more distant pair has half of it
   * @param distance distance from the core in kpc
   * @param size radius of a cavity in units of the distance
   * @param density factor on the density within a cavity
   * @param rim factor on the density of the rim
   * @param tilt largest tilt of a direction from the jet's, in units of the distance
   */
  public record Cavities(
      CoreTrend probability,
      LogNormal distance,
      TruncatedNormal size,
      TruncatedNormal density,
      TruncatedNormal rim,
      double tilt) {}

  /**
   * A second cluster.
   *
   * @param probability probability of a second cluster
   * @param logMassRatio log10 of its mass in units of the first one's
   * @param distance distance between the clusters in units of r500
   * @param displacement displacement of the first cluster's gas in units of distance times mass
   *     ratio
   * @param shockShare fraction of mergers that drive a shock
   * @param mach Mach number of the shock
   */
  public record Mergers(
      CoreTrend probability,
      TruncatedNormal logMassRatio,
      TruncatedNormal distance,
      TruncatedNormal displacement,
      double shockShare,
      TruncatedNormal mach) {}

  /**
   * Groups and galaxies that keep their gas.
   *
   * @param logLight log10 of their total luminosity in units of the smooth gas's within r500
   * @param count number of clumps
   * @param slope slope of the luminosity function, dN/dL proportional to L^-slope, above 1
   * @param contrast ratio of the largest to the smallest luminosity
   * @param coreRadius core radius in kpc at the mean luminosity; it scales with its cube root
   * @param nearest smallest distance from the centre in units of r500
   * @param farthest largest distance from the centre in units of r500
   */
  public record Clumps(
      CoreTrend logLight,
      int count,
      double slope,
      double contrast,
      LogNormal coreRadius,
      double nearest,
      double farthest) {}

  /**
   * Fluctuations of ln n_e at constant pressure.
   *
   * @param logInner log10 of the standard deviation at the centre
   * @param outer increase of the standard deviation at r500
   * @param exponent exponent of the increase with radius
   * @param slope slope of the power spectrum, P(k) proportional to k^-slope
   * @param largest largest wavelength in units of r500
   * @param octaves number of octaves of wave numbers
   */
  public record Turbulence(
      CoreTrend logInner,
      LogNormal outer,
      double exponent,
      double slope,
      double largest,
      int octaves) {}

  /**
   * The features of the default population.
   *
   * <ul>
   *   <li>Offset: fitted to the X-ray peak offsets of TNG-Cluster's haloes, as images show them
   *       together with all that follows. At any core entropy those are of two kinds: a kiloparsec,
   *       which no simulation of TNG's resolution tells from none, a little more in the coolest
   *       cores, whose peaks would else lie on the centre; and tens of kpc, in a share that grows
   *       with the core entropy, as mergers both heat cores and displace their gas (Rossetti and
   *       Molendi 2010, A&amp;A 510, A83).
   *   <li>Sloshing: cold fronts are seen in most relaxed clusters (Markevitch and Vikhlinin 2007,
   *       Phys. Rep. 443, 1: in two thirds), at some tens to a few hundred kpc, spirals of one to
   *       two turns (Ascasibar and Markevitch 2006, ApJ 650, 102). The amplitude is below that of
   *       the strongest fronts, so that cool peaks stay within the kiloparsec that TNG's do.
   *   <li>Cavities: in most cool cores, in few others; radii of a third to a half of the distance,
   *       which is some tens of kpc (Birzan et al. 2004, ApJ 607, 800; Hlavacek-Larrondo et al.
   *       2012, MNRAS 421, 1360). X-ray images give rims of 10 to 40 % more density.
   *   <li>Mergers: the share of disturbed clusters in X-ray samples is 30 to 50 % (Lovisari et al.
   *       2017, ApJ 846, 51); mass ratios from 1 : 20 to 1 : 1; Mach numbers of 1.5 to 3
   *       (Markevitch and Vikhlinin 2007).
   *   <li>Clumps: their light and size are fitted together with the profiles: larger ones are
   *       seldom the peak of an image, smaller ones are too often; their distances are uniform in
   *       radius, so that their number density falls as r^-2.
   *   <li>Turbulence: 5 to 15 % in cool cores (Zhuravleva et al. 2014, Nature 515, 85), more in
   *       disturbed clusters, which are the ones of high core entropy, and growing outwards
   *       (Zhuravleva et al. 2013, MNRAS 428, 3274), with the spectrum of Kolmogorov, 11/3. How it
   *       depends on the core is fitted: it decides how far the peak of a flat core wanders.
   * </ul>
   *
   * @return the features
   */
  public static GasFeatures standard() {
    return new GasFeatures(
        new Offset(
            new CoreTrend(-0.55, 0.5, 1, 0.4, -3, 1.95),
            CoreTrend.of(0.11, 0.81, 0, 0, 0.9),
            new LogNormal(55, 0.3)),
        new Sloshers(
            CoreTrend.of(0.7, 0, 0, 0, 1),
            new TruncatedNormal(0.12, 0.06, 0.02, 0.4),
            new LogNormal(90, 0.2),
            new TruncatedNormal(0.6, 0.15, 0.35, 1),
            new TruncatedNormal(3, 0.8, 1.5, 5)),
        new Cavities(
            CoreTrend.of(0.2, -0.8, 0, 0, 0.9),
            new LogNormal(32, 0.2),
            new TruncatedNormal(0.42, 0.08, 0.25, 0.6),
            new TruncatedNormal(0.15, 0.1, 0.05, 0.5),
            new TruncatedNormal(1.25, 0.08, 1.05, 1.45),
            0.3),
        new Mergers(
            CoreTrend.of(0.15, 0.05, 0, 0.05, 0.8),
            new TruncatedNormal(-0.7, 0.3, -1.3, 0),
            new TruncatedNormal(0.35, 0.2, 0.08, 0.9),
            new TruncatedNormal(0.1, 0.08, 0, 0.3),
            0.6,
            new TruncatedNormal(1.9, 0.5, 1.3, 3.5)),
        new Clumps(
            new CoreTrend(0.16, 0.15, -1.6, 0.1, -1.3, 0.45),
            40,
            1.9,
            100,
            new LogNormal(137, 0.12),
            0.57,
            1.15),
        new Turbulence(
            CoreTrend.of(-1.15, 1.4, 0.12, -1.3, -0.45),
            new LogNormal(0.6, 0.08),
            1.2,
            11.0 / 3,
            0.35,
            6));
  }

  /**
   * No features: the gas follows its profiles.
   *
   * @return features that are all null
   */
  public static GasFeatures none() {
    return new GasFeatures(null, null, null, null, null, null);
  }
}
