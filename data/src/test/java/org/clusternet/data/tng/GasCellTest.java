package org.clusternet.data.tng;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.clusternet.data.physics.Plasma;
import org.junit.jupiter.api.Test;

class GasCellTest {

  /**
   * By hand, at a = 1 and h = 0.5: a density of 1e-6 is 1e-6 * 2e10 Msun / (2 kpc)^3 = 2500 Msun
   * kpc^-3 = 2500 * 1.98841e33 g / (3.08568e21 cm)^3 = 1.691976e-28 g cm^-3; times 0.76 /
   * 1.67262e-24 g that is n_H = 7.687942e-5. With x_e = 1.25, mu = 4 / (1 + 0.76 * 8) = 0.564972; u
   * = 1e6 km^2/s^2 = 1e16 erg/g gives (2/3) 1e16 * 0.564972 * 1.67262e-24 / 1.60218e-9 = 3.932085
   * keV.
   */
  @Test
  void cellAgreesWithTheFormulae() {
    GasCell cell = GasCell.of(new CodeUnits(1, 0.5), 4e-4, 1e-6, 1e6, 1.25);
    assertEquals(7.687942e-5, cell.hydrogenDensity(), 1e-11);
    assertEquals(1.25 * 7.687942e-5, cell.electronDensity(), 1e-11);
    assertEquals(3.932085, cell.kT(), 1e-6);
    // rho / (mu m_p) = 1.691976e-28 / (0.5649718 * 1.672622e-24).
    assertEquals(1.790481e-4, cell.density(), 1e-10);
    // 400 (ckpc/h)^3 of 8 kpc^3 each.
    assertEquals(3200, cell.volume(), 1e-9);
    // 9.609927e-5 * 7.687942e-5 * 1e-23 * 3200 * (3.085678e21)^3 erg/s.
    assertEquals(6.945952e36, cell.luminosity(1e-23), 1e31);
    // 1.5 * 1.790481e-4 * 3.932085 * 1.602177e-9 / (7.388056e-9 * 1e-23) s.
    assertEquals(725.7050, cell.coolingTime(1e-23), 1e-3);
  }

  /** Comoving lengths shrink with a: densities grow with its third power, temperatures do not. */
  @Test
  void physicalDensityGrowsWithRedshift() {
    GasCell now = GasCell.of(new CodeUnits(1, 0.7), 1e-3, 1e-5, 1e5, 1.16);
    GasCell then = GasCell.of(new CodeUnits(0.5, 0.7), 1e-3, 1e-5, 1e5, 1.16);
    assertEquals(8, then.electronDensity() / now.electronDensity(), 1e-12);
    assertEquals(1.0 / 8, then.volume() / now.volume(), 1e-12);
    assertEquals(now.kT(), then.kT(), 1e-15);
  }

  /** Fully ionised gas differs from the rest of the project's 1.92 and 1.2 by some per cent. */
  @Test
  void compositionIsCloseToThatOfPlasma() {
    double ionised = (1 + 0.76) / (2 * 0.76);
    GasCell cell = GasCell.of(new CodeUnits(1, 0.7), 1e-3, 1e-5, 1e6, ionised);
    assertEquals(
        Plasma.PARTICLES_PER_ELECTRON, cell.density() / cell.electronDensity(), 0.02 * 1.92);
    assertEquals(
        Plasma.ELECTRONS_PER_HYDROGEN, cell.electronDensity() / cell.hydrogenDensity(), 0.04 * 1.2);
    double lambda = Plasma.coolingFunction(cell.kT());
    assertEquals(
        1,
        cell.coolingTime(lambda) / Plasma.coolingTime(cell.electronDensity(), cell.kT(), lambda),
        0.04);
  }
}
