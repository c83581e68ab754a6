package org.clusternet.data.tng;

import org.clusternet.data.physics.Units;

/**
 * The units of a snapshot: comoving kpc/h, 1e10 solar masses/h and km/s, at a scale factor a and H0
 * = 100 h km/s/Mpc (Nelson et al. 2019, ComAC 6, 2).
 *
 * @param scale a = 1 / (1 + z)
 * @param hubble h
 */
record CodeUnits(double scale, double hubble) {

  /** A length of 1 in kpc. */
  double kpc() {
    return scale / hubble;
  }

  /** A volume of 1 in kpc^3. */
  double cubicKpc() {
    return kpc() * kpc() * kpc();
  }

  /** A mass of 1 in solar masses. */
  double solarMasses() {
    return 1e10 / hubble;
  }

  /** A density of 1 in g cm^-3. */
  double gramsPerCubicCm() {
    double length = kpc() * Units.KPC_CM;
    return solarMasses() * Units.SOLAR_MASS_G / (length * length * length);
  }

  /** An energy per mass of 1 in erg/g. */
  double ergsPerGram() {
    return 1e10;
  }
}
