package org.clusternet.data.simulate.gas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.clusternet.data.physics.GasProfile;
import org.clusternet.data.physics.Units;
import org.junit.jupiter.api.Test;

/** What is measured on sampled gas against integrals over its profile. */
class GasMeasuresTest {
  private static final GasBody BODY = Uniform.cluster();

  private static double integral(DoubleUnaryOperator f, double to) {
    IterativeLegendreGaussIntegrator rule = new IterativeLegendreGaussIntegrator(20, 1e-9, 1e-12);
    return rule.integrate(100_000, r -> r * r * f.applyAsDouble(r), 0, 1.5)
        + rule.integrate(1_000_000, r -> r * r * f.applyAsDouble(r), 1.5, to);
  }

  /** E / L of a sphere, and mass-weighted means. */
  @Test
  void centralStateAgreesWithTheProfile() {
    GasProfile gas = BODY.gas();
    double radius = 12;
    double mass = integral(gas::electronDensity, radius);
    double energy = 1.5 * 1.92 * integral(r -> gas.electronDensity(r) * gas.temperature(r), radius);
    double seconds = energy * 1.602176634e-9 / integral(gas::emissivity, radius);
    double entropy =
        integral(r -> gas.electronDensity(r) * gas.entropy().at(Math.max(r, 1.5)), radius) / mass;
    double density = integral(r -> Math.pow(gas.electronDensity(r), 2), radius) / mass;
    CentralState state = CentralState.measure(GasField.of(BODY), 1000);
    assertEquals(1, state.coolingTime() / (seconds / 3.15576e16), 0.005);
    assertEquals(1, state.entropy() / entropy, 0.005);
    assertEquals(1, state.density() / density, 0.005);
  }

  /** A second body at the same place: twice the energy and mass, twice the light. */
  @Test
  void centralStateCountsAllPhases() {
    GasField twice =
        new GasField(BODY, null, null, null, List.of(), List.of(), List.of(BODY), List.of());
    CentralState one = CentralState.measure(GasField.of(BODY), 1000);
    CentralState two = CentralState.measure(twice, 1000);
    assertEquals(1, two.coolingTime() / one.coolingTime(), 1e-3);
    assertEquals(1, two.density() / one.density(), 1e-3);
  }

  @Test
  void luminosityOfSpheresAgreesWithTheProfile() {
    GasField field = GasField.of(BODY);
    NestedGrid grid = NestedGrid.sample(field, 512, 4, 64);
    Enclosed light = new Enclosed(field, grid.sums());
    double kpc3 = Units.KPC_CM * Units.KPC_CM * Units.KPC_CM;
    for (double radius : new double[] {40, 150, 400, 1000}) {
      double expected = 4 * Math.PI * kpc3 * integral(BODY.gas()::emissivity, radius);
      assertEquals(1, light.luminosity(radius) / expected, 0.01, "radius=" + radius);
    }
  }

  @Test
  void densitySlopeAgreesWithTheProfile() {
    NestedGrid grid = NestedGrid.sample(GasField.of(BODY), 512, 4, 64);
    for (double radius : new double[] {30, 40, 60}) {
      double expected =
          -Math.log(
                  BODY.gas().electronDensity(radius * 1.01)
                      / BODY.gas().electronDensity(radius / 1.01))
              / (2 * Math.log(1.01));
      assertEquals(expected, grid.sums().densitySlope(radius), 0.02, "radius=" + radius);
    }
  }

  /** A clump partly within a sphere, against its emissivity summed over small cells. */
  @Test
  void clumpsAreWeightedByThePartWithinTheSphere() {
    Clump clump = new Clump(new Vector3D(60, 20, -10), Uniform.sphere(), 15, 1e43, 2);
    GasField with =
        new GasField(BODY, null, null, null, List.of(), List.of(), List.of(), List.of(clump));
    NestedGrid grid = NestedGrid.sample(with, 256, 8, 32);
    for (double radius : new double[] {40, 65, 120}) {
      double sum = 0;
      for (double x = -radius + 1; x < radius; x += 2) {
        for (double y = -radius + 1; y < radius; y += 2) {
          for (double z = -radius + 1; z < radius; z += 2) {
            if (x * x + y * y + z * z < radius * radius) {
              sum += 8 * clump.emissivity(x, y, z);
            }
          }
        }
      }
      double kpc3 = Units.KPC_CM * Units.KPC_CM * Units.KPC_CM;
      double own =
          new Enclosed(with, grid.sums()).luminosity(radius)
              - new Enclosed(GasField.of(BODY), grid.sums()).luminosity(radius);
      assertEquals(sum * kpc3, own, 0.02 * sum * kpc3, "radius=" + radius);
    }
  }
}
