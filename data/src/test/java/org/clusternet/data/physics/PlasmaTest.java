package org.clusternet.data.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.clusternet.data.SharedData;
import org.junit.jupiter.api.Test;

class PlasmaTest {
  @Test
  void coolingFunctionAgreesWithTheFormula() {
    // 8.6e-3 + 5.8e-2 + 6.3e-2 at 1 keV.
    assertEquals(1.296e-23, Plasma.coolingFunction(1), 1e-35);
    // 4^-1.7 = 2^-3.4 = 0.0947323; 8.6e-3 * that + 0.116 + 0.063.
    assertEquals(1.798147e-23, Plasma.coolingFunction(4), 1e-29);
    // 8.6e-3 * 0.25^-1.7 = 8.6e-3 * 10.556063; + 0.029 + 0.063.
    assertEquals(1.827821e-23, Plasma.coolingFunction(0.25), 1e-29);
  }

  @Test
  void coolingTimeAgreesWithTheFormula() {
    // 1.5 * 1.92 * 1.2 * 1.602176634e-9 / (0.01 * 1.296e-23) s at n_e = 0.01, kT = 1.
    double seconds = 3.456 * 1.602176634e-9 / 1.296e-25;
    assertEquals(
        seconds / 3.15576e16, Plasma.coolingTime(0.01, 1, Plasma.coolingFunction(1)), 1e-12);
  }

  /** Donahue et al. 2005, Cavagnolo et al. 2009: 1e8 yr (K / 10 keV cm^2)^1.5 (kT / 5 keV)^-1. */
  @Test
  void coolingTimeFollowsThePublishedScalingWithEntropy() {
    for (double entropy : new double[] {5, 10, 20, 50, 100}) {
      for (double kT : new double[] {4, 5, 7, 10}) {
        double density = Math.pow(kT / entropy, 1.5);
        double published = 0.1 * Math.pow(entropy / 10, 1.5) / (kT / 5);
        double ratio = Plasma.coolingTime(density, kT, Plasma.coolingFunction(kT)) / published;
        // The published one rounds its coefficient to one digit and knows bremsstrahlung alone,
        // which is the T^0.5 term; lines and recombination count for the more the cooler the gas.
        assertTrue(ratio > 1 && ratio < 1.5, "K=" + entropy + " kT=" + kT + " ratio=" + ratio);
      }
    }
  }

  /** TNG-Cluster (Lehle et al. 2024): K, n_e and t_cool of 352 simulated cores. */
  @Test
  void coolingTimeAgreesWithTngCluster() throws Exception {
    Path table = SharedData.require("data/tng-cluster/tng_cluster_core_subset.txt");
    double[] ratios =
        Files.readAllLines(table).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.strip().split("\\s+"))
            .mapToDouble(
                c -> {
                  double density = Math.pow(10, Double.parseDouble(c[5]));
                  double kT = Double.parseDouble(c[4]) * Math.pow(density, 2.0 / 3);
                  return Plasma.coolingTime(density, kT, Plasma.coolingFunction(kT))
                      / Double.parseDouble(c[3]);
                })
            .sorted()
            .toArray();
    assertEquals(352, ratios.length);
    // Theirs is a mean of particles' cooling times, shorter than that of the mean gas; the metal
    // lines of enriched cores shorten it too.
    double median = ratios[ratios.length / 2];
    assertTrue(median > 1 && median < 1.4, "median=" + median);
    long near = Arrays.stream(ratios).filter(r -> r > median / 1.3 && r < median * 1.3).count();
    assertTrue(near > 0.85 * ratios.length, "near the median=" + near);
  }

  @Test
  void refusesInvalidGas() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Plasma.coolingFunction(0)).getMessage();
    assertEquals("plasma: kT=0.0 must be a finite positive number", message);
    assertThrows(IllegalArgumentException.class, () -> Plasma.emissivity(Double.NaN, 1e-23));
    assertThrows(IllegalArgumentException.class, () -> Plasma.emissivity(1e-3, -1e-23));
    assertThrows(
        IllegalArgumentException.class,
        () -> Plasma.coolingTime(1e-3, Double.POSITIVE_INFINITY, 1e-23));
  }

  /** By hand at 1 keV = 1.160452e7 K: g = 1.1 + 0.34 exp(-(5.5 - 7.064627)^2 / 3) = 1.250344. */
  @Test
  void gasWithoutMetalsEmitsBremsstrahlungOnly() {
    double expected = 1.42e-27 * 1.250344 * Math.sqrt(1.160452e7) / 0.76;
    assertEquals(expected, Plasma.coolingFunction(1, 0), 1e-6 * expected);
  }

  @Test
  void coolingByMetalsIsProportionalToMetallicity() {
    for (double kT : new double[] {0.1, 0.5, 1, 3, 8, 15}) {
      double fit = Plasma.coolingFunction(kT);
      double none = Plasma.coolingFunction(kT, 0);
      assertTrue(none > 0 && none < fit, "kT=" + kT);
      assertEquals(fit, Plasma.coolingFunction(kT, 0.3), 1e-12 * fit);
      assertEquals(none + 2 * (fit - none), Plasma.coolingFunction(kT, 0.6), 1e-12 * fit);
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> Plasma.coolingFunction(1, -0.1))
            .getMessage();
    assertEquals("plasma: metallicity=-0.1 must be finite and at least 0", message);
  }

  @Test
  void givenCompositionAgreesWithTheStandardOne() {
    double lambda = Plasma.coolingFunction(2);
    double time = Plasma.coolingTime(0.01, 2, lambda);
    assertEquals(time, Plasma.coolingTime(0.01 * 1.92, 2, 0.01, 0.01 / 1.2, lambda), 1e-12 * time);
    double power = Plasma.emissivity(0.01, lambda);
    assertEquals(power, Plasma.emissivity(0.01, 0.01 / 1.2, lambda), 1e-12 * power);
  }
}
