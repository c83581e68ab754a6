package org.clusternet.data.simulate;

/**
 * All parameters of the simulated population, each with its source ({@link #standard()}).
 *
 * <p>The core entropy K0 orders the clusters. The shape of the pressure, the light of substructure
 * and the disturbances of the gas follow it as trends with scatter ({@link CoreTrend}), so that
 * entropy, density, slope and concentration are correlated as they are in real samples.
 *
 * @param mass distribution of M500
 * @param entropy the entropy profiles
 * @param pressure the pressure profiles
 * @param shape the triaxial shapes
 * @param coreRadius radius in kpc within which the gas is uniform
 * @param features disturbances of the gas and substructure
 */
public record ClusterPopulation(
    MassDistribution mass,
    Entropy entropy,
    Pressure pressure,
    Shape shape,
    double coreRadius,
    GasFeatures features) {

  /** The mass at which mass-dependent parameters are stated, in solar masses. */
  public static final double PIVOT_MASS = 4e14;

  /**
   * K(r) = K0 + K100 (r / 100 kpc)^alpha.
   *
   * @param logK0 log10 of K0 in keV cm^2
   * @param logK100 log10 of K100 in keV cm^2
   * @param alpha exponent of the power law
   */
  public record Entropy(SplitNormal logK0, CoreTrend logK100, TruncatedNormal alpha) {}

  /**
   * The universal profile's form (Nagai et al. 2007; Arnaud et al. 2010, Eq. 11) with parameters
   * that depend on the core.
   *
   * @param logNormalisation log10 of P0 over that of Arnaud et al. 2010
   * @param logConcentration log10 of c500 over that of Arnaud et al. 2010, at {@value #PIVOT_MASS}
   *     solar masses
   * @param concentrationMassSlope dlog c500 / dlog M500: 0 for clusters similar in units of r500,
   *     1/3 for clusters similar in kpc
   * @param gamma the inner slope
   * @param alpha sharpness of the transition
   * @param beta the outer slope
   */
  public record Pressure(
      CoreTrend logNormalisation,
      CoreTrend logConcentration,
      double concentrationMassSlope,
      CoreTrend gamma,
      CoreTrend alpha,
      double beta) {}

  /**
   * Axis ratios of similar ellipsoids; the orientation is random.
   *
   * @param bOverA middle to longest axis
   * @param cOverB shortest to middle axis
   */
  public record Shape(TruncatedNormal bOverA, TruncatedNormal cOverB) {}

  /**
   * The same population with other masses.
   *
   * @param other the new distribution of M500
   * @return a copy
   */
  public ClusterPopulation withMass(MassDistribution other) {
    return new ClusterPopulation(other, entropy, pressure, shape, coreRadius, features);
  }

  /**
   * The same population with other features.
   *
   * @param other the new features
   * @return a copy
   */
  public ClusterPopulation withFeatures(GasFeatures other) {
    return new ClusterPopulation(mass, entropy, pressure, shape, coreRadius, other);
  }

  /**
   * The default population.
   *
   * <ul>
   *   <li>Mass: 1e14 to 1.5e15 solar masses, the range of TNG300's clusters at z = 0; knee M* =
   *       1.8e14 / 0.7 (Bahcall and Cen 1993, see {@link MassFunction}).
   *   <li>Entropy and pressure: fitted to the 352 haloes of TNG-Cluster (Nelson et al. 2024; core
   *       quantities of Lehle et al. 2024, A&amp;A 687, A129). The distribution of log10 K0 began
   *       with the 5, 16, 50, 84 and 95 % points of the central entropies, the trends with least
   *       squares over eight bins of central entropy: of the bins' medians of cooling time,
   *       entropy, density, slope and both concentrations (of spheres) from those of the profiles,
   *       with weak priors on a gas fraction of 0.14 and on 1500 keV cm^2 (M / 4e14)^(2/3) at r500.
   *       All were then moved along the derivatives of the classes' medians and ranges, measured on
   *       the sampled gas of hundreds of clusters as {@code validate-simulation} does. The pressure
   *       of the coolest cores is bounded: else their centres are several times denser than TNG's.
   *       c500 grows as M500^(1/3): with it cores are alike in kpc and not in units of r500, as
   *       TNG-Cluster's are, whose C_phys at a given cooling time does not go with the mass
   *       (correlation -0.1) while C_scaled does (0.5). A seventh of M500 is gas, as in
   *       TNG-Cluster, but nearly a quarter in cool cores, which is the price of their slow fall
   *       outwards. Cool cores come out with a cusp of pressure, as TNG's have, non-cool ones with
   *       a flat core. beta is that of Arnaud et al. 2010. Scatter is chosen so that the ranges of
   *       the classes come out as wide as TNG-Cluster's. What is left: the X-ray peaks of non-cool
   *       cores lie a fifth of a dex nearer than TNG-Cluster's. Smaller clumps or more displaced
   *       gas would mend it; the former misplaces the peaks of more clusters than in TNG beyond 200
   *       kpc, which costs concentrations their power to tell the types apart, and the latter
   *       flattens the centre's slope. And C_phys of a sixth of TNG-Cluster's non-cool cores rounds
   *       to 0.02, of nearly all simulated ones to 0.01 or less.
   *   <li>Shape: most probable axes 1.4 : 1.3 : 1, from the X-ray images of 89 clusters (Shankar
   *       and Khatri 2019, arXiv:1908.04454); the widths, 0.07 and 0.09, are chosen so that
   *       projected axis ratios come out around 0.8 with a scatter of 0.1.
   *   <li>Core radius: 1.5 kpc, the softening length of TNG300 (Nelson et al. 2019, Comput.
   *       Astrophys. Cosmol. 6, 2).
   *   <li>Features: {@link GasFeatures#standard()}.
   * </ul>
   *
   * @return the population
   */
  public static ClusterPopulation standard() {
    return new ClusterPopulation(
        new MassFunction(1e14, 1.5e15, 1.8e14 / 0.7),
        new Entropy(
            new SplitNormal(2.14, 0.5, 0.26),
            new CoreTrend(1.675, -0.15, 0.47, 0.18, 1, 2.5),
            new TruncatedNormal(1.25, 0.1, 1, 1.6)),
        new Pressure(
            new CoreTrend(0.375, -0.05, 1.44, 0.04, -0.5, 0.88),
            new CoreTrend(0.06, -0.01, 0.317, 0.04, -0.6, 0.8),
            1.0 / 3,
            new CoreTrend(0.07, -0.19, 0.705, 0.12, 0, 1.1),
            new CoreTrend(0.855, 0.14, 0.6, 0.03, 0.4, 2),
            5.4905),
        new Shape(
            new TruncatedNormal(1.3 / 1.4, 0.07, 0.5, 1),
            new TruncatedNormal(1 / 1.3, 0.09, 0.4, 1)),
        1.5,
        GasFeatures.standard());
  }
}
