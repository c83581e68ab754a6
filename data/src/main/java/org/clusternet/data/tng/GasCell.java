package org.clusternet.data.tng;

import org.clusternet.data.physics.Plasma;
import org.clusternet.data.physics.Units;

/**
 * The gas of one cell in physical units.
 *
 * <p>Hydrogen is 0.76 of the mass, the simulations' convention, and the electron abundance is in
 * units of it: n_H = 0.76 rho / m_p, n_e = x_e n_H, mu = 4 / (1 + 3 X + 4 X x_e) and kT = (2/3) u
 * mu m_p (IllustrisTNG data specification and its FAQ on temperatures). All particles are n = rho /
 * (mu m_p), counted here rather than taken as 1.92 n_e: for fully ionised gas of this composition
 * n_e/n_H is 1.16 and n/n_e is 1.93.
 *
 * @param electronDensity n_e in cm^-3
 * @param hydrogenDensity n_H in cm^-3
 * @param density n of all particles in cm^-3
 * @param kT temperature in keV
 * @param volume volume in kpc^3
 */
record GasCell(
    double electronDensity, double hydrogenDensity, double density, double kT, double volume) {

  /** The mass fraction of hydrogen. */
  static final double HYDROGEN_FRACTION = 0.76;

  private static final double CUBIC_KPC_CM = Units.KPC_CM * Units.KPC_CM * Units.KPC_CM;

  /**
   * Converts the values of a snapshot's cell from code units.
   *
   * @param units the code units
   * @param mass mass of the cell
   * @param density mean mass density of the cell
   * @param internalEnergy thermal energy per mass
   * @param electronAbundance electrons per hydrogen nucleus
   */
  static GasCell of(
      CodeUnits units,
      double mass,
      double density,
      double internalEnergy,
      double electronAbundance) {
    double rho = density * units.gramsPerCubicCm();
    double hydrogen = HYDROGEN_FRACTION * rho / Units.PROTON_MASS_G;
    double mu = 4 / (1 + HYDROGEN_FRACTION * (3 + 4 * electronAbundance));
    double particle = mu * Units.PROTON_MASS_G;
    return new GasCell(
        electronAbundance * hydrogen,
        hydrogen,
        rho / particle,
        2.0 / 3 * internalEnergy * units.ergsPerGram() * particle / Units.KEV_ERG,
        mass / density * units.cubicKpc());
  }

  /**
   * The power that the cell radiates.
   *
   * @param lambda the cooling function in erg cm^3 s^-1
   * @return n_e n_H Lambda V in erg/s
   */
  double luminosity(double lambda) {
    return Plasma.emissivity(electronDensity, hydrogenDensity, lambda) * volume * CUBIC_KPC_CM;
  }

  /**
   * The cooling time at constant volume.
   *
   * @param lambda the cooling function in erg cm^3 s^-1
   * @return (3/2) n kT / (n_e n_H Lambda) in Gyr
   */
  double coolingTime(double lambda) {
    return Plasma.coolingTime(density, kT, electronDensity, hydrogenDensity, lambda);
  }
}
