package org.clusternet.data.accept;

import org.clusternet.data.physics.Plasma;

/**
 * One shell of a deprojected profile, as measured.
 *
 * @param inner inner radius in kpc
 * @param outer outer radius in kpc, above the inner one
 * @param electronDensity n_e in cm^-3
 * @param kT temperature in keV (ACCEPT's column Tx)
 * @param lambda cooling function in erg cm^3 s^-1, from the fitted spectrum
 * @param coolingTime cooling time in Gyr at constant volume (ACCEPT's column tcool3/2)
 */
public record AcceptShell(
    double inner,
    double outer,
    double electronDensity,
    double kT,
    double lambda,
    double coolingTime) {

  /**
   * The power that the shell radiates per volume.
   *
   * @return n_e n_H Lambda in erg s^-1 cm^-3
   */
  public double emissivity() {
    return Plasma.emissivity(electronDensity, lambda);
  }

  /**
   * The middle of the shell.
   *
   * @return in kpc
   */
  public double middle() {
    return (inner + outer) / 2;
  }
}
