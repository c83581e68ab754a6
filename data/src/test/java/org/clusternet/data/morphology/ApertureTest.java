package org.clusternet.data.morphology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.clusternet.data.Refused;
import org.clusternet.data.image.Image;
import org.junit.jupiter.api.Test;

class ApertureTest {
  /** Light is uniform within a pixel for the aperture, not for the model: 0.4 % at 5 pixels. */
  private static final double PIXELS = 5e-3;

  private static final BetaImage MODEL = new BetaImage(0.01, 60, 2.0 / 3);

  @Test
  void fluxesAreThoseOfTheBetaModel() {
    Position centre = new Position(100.3, 97.8);
    ScaledImage image = MODEL.draw(201, 5, centre);
    for (double radius : new double[] {11, 40, 123.4, 400}) {
      double expected = MODEL.flux(radius);
      assertEquals(expected, Aperture.flux(image, centre, radius), PIXELS * expected);
    }
  }

  @Test
  void concentrationsAreThoseOfTheBetaModel() {
    Position centre = new Position(127.5, 127.5);
    ScaledImage image = MODEL.draw(256, 8, centre);
    double physical = MODEL.flux(40) / MODEL.flux(400);
    assertEquals(physical, Concentration.physical(image, centre), PIXELS * physical);
    double scaled = MODEL.flux(150) / MODEL.flux(1000);
    assertEquals(scaled, Concentration.scaled(image, centre, 1000), PIXELS * scaled);
  }

  @Test
  void missingPixelsAreReplacedByTheMeanOfTheirRing() {
    Position centre = new Position(100, 100);
    ScaledImage image = MODEL.draw(201, 5, centre);
    for (int i = 0; i < 201 * 201; i++) {
      if (i % 201 > 110 && i / 201 > 95) {
        image.image().pixels()[i] = i % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
      }
    }
    assertEquals(MODEL.flux(400), Aperture.flux(image, centre, 400), PIXELS * MODEL.flux(400));
  }

  @Test
  void apertureMayReachTheCornersOfTheImage() {
    Position centre = new Position(49.5, 49.5);
    ScaledImage image = MODEL.draw(100, 5, centre);
    assertEquals(MODEL.flux(300), Aperture.flux(image, centre, 300), PIXELS * MODEL.flux(300));
    assertTrue(Double.isNaN(Aperture.flux(image, centre, 360)));
    assertTrue(Double.isNaN(Concentration.physical(image, centre)));
  }

  @Test
  void aFlatImageHasTheCoverageOfGeometry() {
    double[] flat = new double[400];
    Arrays.fill(flat, 2);
    ScaledImage image = new ScaledImage(new Image(20, 20, flat), 1);
    // The circle's centre is the image's corner: a quarter of every ring is in it.
    RadialBins bins = RadialBins.measure(image, new Position(-0.5, -0.5), 0, 3.3, 10, 19);
    for (int i = 0; i < 3; i++) {
      assertEquals(2, bins.brightness()[i], 1e-12);
      assertEquals(0.25, bins.coverage()[i], 1e-12);
    }
  }

  @Test
  void anImageWithoutFluxHasNoConcentration() {
    ScaledImage image = new ScaledImage(new Image(300, 300, new double[90000]), 4);
    assertTrue(Double.isNaN(Concentration.physical(image, image.centre())));
  }

  @Test
  void invalidArgumentsAreNamed() {
    ScaledImage image = MODEL.draw(20, 5, new Position(9, 9));
    String message = Refused.message(() -> Aperture.flux(image, image.centre(), 0));
    assertTrue(message.contains("radius=0.0"), message);
    message = Refused.message(() -> Concentration.ratio(image, image.centre(), 5, 5));
    assertTrue(message.contains("inner=5.0 outer=5.0"), message);
    message = Refused.message(() -> RadialBins.measure(image, image.centre(), 0, 2, 2));
    assertTrue(message.contains("ascending"), message);
    message = Refused.message(() -> new ScaledImage(image.image(), Double.NaN));
    assertTrue(message.contains("kpc_per_pixel=NaN"), message);
  }
}
