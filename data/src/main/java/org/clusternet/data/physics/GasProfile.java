package org.clusternet.data.physics;

/**
 * The gas of a cluster, derived from its entropy and pressure profiles: n_e = (P/K)^(3/5) and kT =
 * K n_e^(2/3), from P = n_e kT and K = kT n_e^(-2/3).
 *
 * <p>Within the core radius everything is constant at its value there. The universal pressure
 * diverges at the centre, and no simulation or observation resolves it: the default of the
 * simulator is the softening length of TNG300.
 *
 * @param entropy K(r)
 * @param pressure P(r)
 * @param coreRadius in kpc, positive
 */
public record GasProfile(EntropyProfile entropy, PressureProfile pressure, double coreRadius) {
  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if the core radius is not positive
   */
  public GasProfile {
    if (!(coreRadius > 0)) {
      throw new IllegalArgumentException(
          "gas profile: core radius=" + coreRadius + " kpc; must be above 0");
    }
  }

  /**
   * The electron density.
   *
   * @param r radius in kpc, at least 0
   * @return n_e in cm^-3
   */
  public double electronDensity(double r) {
    double radius = Math.max(r, coreRadius);
    return StrictMath.pow(pressure.at(radius) / entropy.at(radius), 0.6);
  }

  /**
   * The temperature.
   *
   * @param r radius in kpc, at least 0
   * @return kT in keV
   */
  public double temperature(double r) {
    return pressure.at(Math.max(r, coreRadius)) / electronDensity(r);
  }

  /**
   * The power radiated per volume.
   *
   * @param r radius in kpc, at least 0
   * @return n_e n_H Lambda in erg s^-1 cm^-3
   */
  public double emissivity(double r) {
    double radius = Math.max(r, coreRadius);
    double p = pressure.at(radius);
    double density = StrictMath.pow(p / entropy.at(radius), 0.6);
    return Plasma.emissivity(density, Plasma.coolingFunction(p / density));
  }

  /**
   * The cooling time at constant volume.
   *
   * @param r radius in kpc, at least 0
   * @return t_cool in Gyr
   */
  public double coolingTime(double r) {
    double kT = temperature(r);
    return Plasma.coolingTime(electronDensity(r), kT, Plasma.coolingFunction(kT));
  }
}
