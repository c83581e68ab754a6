package org.clusternet.data.morphology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.clusternet.data.Refused;
import org.clusternet.data.physics.Units;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreDensityTest {
  @Test
  void aUniformSphereIsPeeledExactly() {
    // The mean depth of a sphere of radius 2 within rings of radii 0, 1, 2: their shared volumes.
    double inner = 4 * Math.PI / 3 * (8 - Math.pow(3, 1.5)) / Math.PI;
    double outer = 4 * Math.PI / 3 * Math.pow(3, 1.5) / (3 * Math.PI);
    double[] brightness = {inner, outer, 0, 0};
    Deprojection shells =
        Deprojection.peel(new RadialBins(new double[] {0, 1, 2, 3, 4}, brightness, new double[4]));
    double[] e = Arrays.stream(shells.emissivity()).map(v -> v * Units.KPC_CM).toArray();
    assertArrayEquals(new double[] {1, 1, 0, 0}, e, 1e-12);
    assertTrue(Double.isNaN(shells.electronDensity(5)[3]));
  }

  @Test
  void shellsOfABetaModelHaveItsDensity() {
    BetaImage model = new BetaImage(0.02, 80, 2.0 / 3);
    Position centre = new Position(199.5, 199.5);
    ScaledImage image = model.draw(400, 4, centre);
    double[] edges = new double[16];
    Arrays.setAll(edges, i -> i == 0 ? 0 : 10 * Math.pow(1.35, i - 1));
    RadialBins bins = RadialBins.measure(image, centre, edges);
    Deprojection shells = Deprojection.peel(bins);
    double[] density = shells.electronDensity(BetaImage.KT);
    assertEquals(15, density.length);
    for (int i = 1; i < density.length; i++) {
      // The density of a thick shell is a mean, hence the 4 %.
      double expected = model.density(bins.radius(i));
      assertEquals(expected, density[i], 0.04 * expected, "shell " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.1, 30, 0.6666666666666666", "0.02, 80, 0.6666666666666666", "0.004, 250, 1"})
  void measuresAreThoseOfTheBetaModel(double n0, double core, double beta) {
    BetaImage model = new BetaImage(n0, core, beta);
    Position centre = new Position(255.5, 255.5);
    double r500 = 1200;
    Morphology measured = Morphology.measure(model.draw(512, 4, centre), r500, BetaImage.KT);
    double within = 0.012 * r500;
    double square = 0;
    for (int i = 0; i < 1000; i++) {
      double r = within * (i + 0.5) / 1000;
      square += 3 * r * r / Math.pow(within, 3) * within / 1000 * Math.pow(model.density(r), 2);
    }
    assertEquals(Math.sqrt(square), measured.centralDensity(), 0.01 * Math.sqrt(square));
    double cusp = model.cuspiness(0.04 * r500);
    assertEquals(cusp, measured.cuspiness(), 0.025);
    double physical = model.flux(40) / model.flux(400);
    assertEquals(physical, measured.cPhys(), 2e-3 * physical);
    double scaled = model.flux(180) / model.flux(1200);
    assertEquals(scaled, measured.cScaled(), 5e-3 * scaled);
    assertEquals(0, measured.peakOffset(), 0.05);
  }

  @Test
  void unresolvedCoreGivesNaN() {
    ScaledImage coarse = new BetaImage(0.02, 80, 1).draw(64, 32, new Position(31.5, 31.5));
    Morphology measured = Morphology.measure(coarse, 1200, 5);
    assertTrue(Double.isNaN(measured.centralDensity()));
    Morphology unsized = Morphology.measure(coarse, Double.NaN);
    assertTrue(Double.isNaN(unsized.cScaled()) && Double.isNaN(unsized.cuspiness()));
    assertEquals(measured.cPhys(), unsized.cPhys(), 0);
  }

  @Test
  void invalidArgumentsAreNamed() {
    ScaledImage image = new BetaImage(0.02, 80, 1).draw(64, 16, new Position(31.5, 31.5));
    String message = Refused.message(() -> Morphology.measure(image, 0));
    assertTrue(message.contains("r500=0.0"), message);
    RadialBins ring = RadialBins.measure(image, image.centre(), 10, 20);
    message = Refused.message(() -> Deprojection.peel(ring));
    assertTrue(message.contains("first edge=10.0"), message);
  }
}
