package org.clusternet.data.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.clusternet.data.SharedData;
import org.clusternet.data.io.CsvFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CosmologyTest {
  /** scipy.integrate.quad to 1e-13. */
  @ParameterizedTest
  @CsvSource({
    "0.01, 42.30784734039052",
    "0.05, 201.62272531484643",
    "0.1, 380.41317057064305",
    "0.5, 1259.0835972889372",
    "1, 1651.9144029437339",
    "2, 1726.6206914697912"
  })
  void angularDiameterDistance(double z, double expected) {
    assertEquals(
        expected, Cosmology.STANDARD.angularDiameterDistance(z), 1e-9 * expected, "z=" + z);
  }

  @Test
  void distancesAgreeWithAccept() {
    Path file = SharedData.require("data/accept/accept_catalog.csv");
    double[] ratios =
        CsvFile.read(file, "z", "D_A").stream()
            .filter(row -> !row.get("Name").startsWith("#"))
            .mapToDouble(
                row ->
                    Cosmology.STANDARD.angularDiameterDistance(Double.parseDouble(row.get("z")))
                        / Double.parseDouble(row.get("D_A")))
            .sorted()
            .toArray();
    // Redshifts of the catalogue were revised after its distances were worked out, most of them in
    // the third digit.
    assertEquals(1, ratios[ratios.length / 2], 1e-4);
    assertEquals(1, ratios[ratios.length / 4], 3e-3);
    assertEquals(1, ratios[3 * ratios.length / 4], 3e-3);
  }

  @Test
  void einsteinDeSitterHasAClosedForm() {
    Cosmology flat = new Cosmology(50, 1);
    double z = 0.8;
    double comoving = 2 * Units.SPEED_OF_LIGHT_KM_S / 50 * (1 - 1 / Math.sqrt(1 + z));
    assertEquals(comoving / (1 + z), flat.angularDiameterDistance(z), 1e-9 * comoving);
  }

  @Test
  void kpcPerArcsecAgreesWithPublishedValue() {
    // Ned Wright's calculator, z = 0.1 for this cosmology: 1.844 kpc per arcsec.
    assertEquals(1.844, Cosmology.STANDARD.kpcPerArcsec(0.1), 5e-4);
  }

  /** Arnaud, Pointecouteau and Pratt 2005 at 5 keV: M500 = 3.84e14, R500 = 1104 +- 13 kpc. */
  @Test
  void r500AgreesWithAPublishedCluster() {
    assertEquals(1104, Cosmology.STANDARD.r500(3.84e14, 0), 13);
    assertEquals(1300, CentralCooling.r500OfTemperature(5), 1e-9);
    assertEquals(650, CentralCooling.r500OfTemperature(1.25), 1e-9);
  }

  @Test
  void r500AgreesWithTngCluster() throws Exception {
    Path table = SharedData.require("data/tng-cluster/tng_cluster_core_subset.txt");
    Cosmology planck = new Cosmology(67.74, 0.3089);
    int count = 0;
    for (String line : Files.readAllLines(table)) {
      if (!line.startsWith("#")) {
        String[] c = line.strip().split("\\s+");
        double r500 = planck.r500(Math.pow(10, Double.parseDouble(c[1])), 0) / 1000;
        // log10 M500 has two decimals: 0.4 % in the radius, which has three.
        assertEquals(Double.parseDouble(c[2]), r500, 5e-3 * r500, line);
        count++;
      }
    }
    assertEquals(352, count);
  }

  @Test
  void massFromRadiusInvertsRadiusFromMass() {
    double r500 = Cosmology.STANDARD.r500(5e14, 0.3);
    assertEquals(5e14, Cosmology.STANDARD.m500(r500, 0.3), 1e3);
    assertTrue(r500 < Cosmology.STANDARD.r500(5e14, 0));
  }

  @Test
  void refusesInvalidParameters() {
    assertThrows(IllegalArgumentException.class, () -> new Cosmology(0, 0.3));
    assertThrows(IllegalArgumentException.class, () -> new Cosmology(70, 1.1));
    assertThrows(
        IllegalArgumentException.class, () -> Cosmology.STANDARD.angularDiameterDistance(-0.1));
    assertThrows(IllegalArgumentException.class, () -> Cosmology.STANDARD.r500(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> CentralCooling.r500OfTemperature(0));
  }
}
