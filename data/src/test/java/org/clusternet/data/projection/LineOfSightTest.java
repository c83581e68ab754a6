package org.clusternet.data.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.apache.commons.math3.special.Gamma;
import org.clusternet.data.physics.Cosmology;
import org.clusternet.data.physics.EntropyProfile;
import org.clusternet.data.physics.GasProfile;
import org.clusternet.data.physics.GnfwShape;
import org.clusternet.data.physics.PressureProfile;
import org.clusternet.data.physics.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineOfSightTest {
  /**
   * Beta model: e0 (1 + r^2/rc^2)^(-3 beta) projects to sqrt(pi) Gamma(3 beta - 1/2) / Gamma(3
   * beta) e0 rc (1 + R^2/rc^2)^(1/2 - 3 beta).
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 2.0 / 3, 0.9})
  void betaModelAgreesWithItsClosedForm(double beta) {
    double core = 100;
    DoubleUnaryOperator emissivity =
        r -> 1e-27 * Math.pow(1 + Math.max(r, 0.01) * Math.max(r, 0.01) / 1e4, -3 * beta);
    LineOfSight line = new LineOfSight(emissivity, 0.01, 2500);
    double factor =
        Math.sqrt(Math.PI) * Math.exp(Gamma.logGamma(3 * beta - 0.5) - Gamma.logGamma(3 * beta));
    for (double radius = 0; radius <= 2500; radius += 17.3) {
      double expected =
          factor
              * 1e-27
              * core
              * Units.KPC_CM
              * Math.pow(1 + radius * radius / 1e4, 0.5 - 3 * beta);
      assertEquals(expected, line.at(radius), 2e-5 * expected, "R=" + radius);
    }
  }

  /** Against another rule in another variable (l = e^t), piece by piece to convergence. */
  @Test
  void clusterAgreesWithDirectQuadrature() {
    GasProfile gas =
        new GasProfile(
            new EntropyProfile(8, 122, 1.24),
            PressureProfile.of(4e14, 0, Cosmology.STANDARD, GnfwShape.ARNAUD_2010),
            1.5);
    LineOfSight line = new LineOfSight(gas::emissivity, 1.5, 2000);
    for (double radius : new double[] {6, 10, 33.3, 100, 250, 700, 1500, 2000}) {
      double expected = direct(gas, radius);
      assertEquals(expected, line.at(radius), 1e-5 * expected, "R=" + radius);
    }
    // The uniform core's edge, far below a pixel, is a kink that the spline rounds off.
    for (double radius : new double[] {0, 0.5, 1.5, 3}) {
      double expected = direct(gas, radius);
      assertEquals(expected, line.at(radius), 3e-3 * expected, "R=" + radius);
    }
  }

  private static double direct(GasProfile gas, double radius) {
    double inside = Math.sqrt(Math.max(0, 1.5 * 1.5 - radius * radius));
    double start = Math.max(inside, 1e-3);
    double sum = start * gas.emissivity(Math.hypot(radius, start / 2));
    IterativeLegendreGaussIntegrator rule = new IterativeLegendreGaussIntegrator(24, 1e-9, 1e-300);
    double[] borders = {start, 2, 20, 200, 2000, 2e5};
    for (int i = 0; i + 1 < borders.length; i++) {
      sum +=
          rule.integrate(
              1_000_000,
              t -> Math.exp(t) * gas.emissivity(Math.hypot(radius, Math.exp(t))),
              Math.log(borders[i]),
              Math.log(borders[i + 1]));
    }
    return 2 * sum * Units.KPC_CM;
  }

  @Test
  void refusesRadiiOutsideItsTable() {
    LineOfSight line = new LineOfSight(r -> 1 / (1 + r * r * r * r), 1, 100);
    assertThrows(IllegalArgumentException.class, () -> line.at(100.001));
    assertThrows(IllegalArgumentException.class, () -> line.at(-1));
    assertThrows(IllegalArgumentException.class, () -> line.at(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new LineOfSight(r -> 1, 0, 100));
    assertThrows(IllegalArgumentException.class, () -> new LineOfSight(r -> 1, 1, 1e9));
  }
}
