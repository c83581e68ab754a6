package org.clusternet.data.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.junit.jupiter.api.Test;

class GasProfileTest {
  private static final PressureProfile PRESSURE =
      PressureProfile.of(6e14, 0, Cosmology.STANDARD, GnfwShape.ARNAUD_2010);
  private static final EntropyProfile ENTROPY = new EntropyProfile(20, 122, 1.24);
  private static final GasProfile GAS = new GasProfile(ENTROPY, PRESSURE, 1.5);

  /** Arnaud et al. 2010, section 6: I(x) = 3 int_0^x p x^2 dx is 0.6145 at 1 and 1.1037 at 5. */
  @Test
  void volumeIntegralsOfTheUniversalProfileAgreeWithThePaper() {
    assertEquals(0.6145, volumeIntegral(1), 1e-3);
    assertEquals(1.1037, volumeIntegral(5), 1e-3);
  }

  private static double volumeIntegral(double limit) {
    return new IterativeLegendreGaussIntegrator(16, 1e-9, 1e-12)
        .integrate(100_000, x -> 3 * GnfwShape.ARNAUD_2010.at(x) * x * x, 1e-9, limit);
  }

  /**
   * Arnaud et al. 2010, Appendix A: P500 = (3 / 8 pi) (500 G^-1/4 H^2 / 2)^4/3 (mu / mu_e) f_B
   * M500^2/3 with mu = 0.59, mu_e = 1.14, f_B = 0.175; in their Eq. 5 it is 1.65e-3 keV cm^-3.
   */
  @Test
  void characteristicPressureAgreesWithFirstPrinciples() {
    double hubble = 70e5 / (Units.KPC_CM * Units.MPC_KPC);
    double power = 500 * Math.pow(Units.G_CGS, -0.25) * hubble * hubble / 2;
    double cgs =
        3
            / (8 * Math.PI)
            * Math.pow(power, 4.0 / 3)
            * (0.59 / 1.14)
            * 0.175
            * Math.pow(3e14 * Units.SOLAR_MASS_G, 2.0 / 3);
    PressureProfile pivot = PressureProfile.of(3e14, 0, Cosmology.STANDARD, GnfwShape.ARNAUD_2010);
    assertEquals(cgs / Units.KEV_ERG, pivot.p500(), 1e-3 * pivot.p500());
    double e = Cosmology.STANDARD.expansion(0.5);
    PressureProfile early =
        PressureProfile.of(2.4e15, 0.5, Cosmology.STANDARD, GnfwShape.ARNAUD_2010);
    assertEquals(4 * 1.65e-3 * Math.pow(e, 8.0 / 3), early.p500(), 1e-12);
  }

  /** The exponent as the paper writes it (Eq. 8 to 10), alpha_P = 0.12. */
  @Test
  void pressureScalesWithMassAsPublished() {
    for (double x : new double[] {0.01, 0.2, 0.5, 1, 2}) {
      double cube = Math.pow(x / 0.5, 3);
      double exponent = 0.12 + 0.10 - (0.12 + 0.10) * cube / (1 + cube);
      double expected = PRESSURE.p500() * GnfwShape.ARNAUD_2010.at(x) * Math.pow(2, exponent);
      assertEquals(expected, PRESSURE.at(x * PRESSURE.r500()), 1e-12 * expected, "x=" + x);
    }
  }

  @Test
  void universalShapeAgreesWithTheFormula() {
    // c500 x = 1: p = P0 / 2^((beta - gamma) / alpha).
    double expected = 8.403 / Math.pow(2, (5.4905 - 0.3081) / 1.0510);
    assertEquals(expected, GnfwShape.ARNAUD_2010.at(1 / 1.177), 1e-12);
  }

  @Test
  void entropyAgreesWithTheFormula() {
    assertEquals(142, ENTROPY.at(100), 1e-12);
    assertEquals(20 + 122 * Math.pow(10, 1.24), ENTROPY.at(1000), 1e-9);
  }

  /** Density and temperature give back the pressure and the entropy that they were made from. */
  @Test
  void densityAndTemperatureAreConsistent() {
    for (double r : new double[] {2, 10, 50, 300, 1500}) {
      double density = GAS.electronDensity(r);
      double kT = GAS.temperature(r);
      assertEquals(PRESSURE.at(r), density * kT, 1e-12 * PRESSURE.at(r));
      assertEquals(ENTROPY.at(r), kT * Math.pow(density, -2.0 / 3), 1e-11 * ENTROPY.at(r));
      double emissivity = density * density / 1.2 * Plasma.coolingFunction(kT);
      assertEquals(emissivity, GAS.emissivity(r), 1e-12 * emissivity);
      double energy = 1.5 * 1.92 * density * kT * Units.KEV_ERG;
      assertEquals(
          energy / emissivity / Units.GYR_S, GAS.coolingTime(r), 1e-11 * GAS.coolingTime(r));
    }
  }

  @Test
  void coreIsUniform() {
    assertEquals(GAS.emissivity(1.5), GAS.emissivity(0), 0);
    assertEquals(GAS.coolingTime(1.5), GAS.coolingTime(0.7), 0);
    assertTrue(GAS.emissivity(1.6) < GAS.emissivity(1.5));
  }

  @Test
  void refusesInvalidProfiles() {
    assertThrows(IllegalArgumentException.class, () -> new EntropyProfile(-1, 122, 1.24));
    assertThrows(IllegalArgumentException.class, () -> new EntropyProfile(1, 122, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new GnfwShape(8, 1, -0.1, 1, 5));
    assertThrows(IllegalArgumentException.class, () -> new GasProfile(ENTROPY, PRESSURE, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> PressureProfile.of(3e14, 0, new Cosmology(50, 0.3), GnfwShape.ARNAUD_2010));
  }
}
