package org.clusternet.data.morphology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.clusternet.data.Refused;
import org.clusternet.data.image.Image;
import org.junit.jupiter.api.Test;

class XrayCentreTest {
  private static final BetaImage MODEL = new BetaImage(0.01, 40, 2.0 / 3);

  @Test
  void thePeakIsFoundBetweenPixels() {
    for (Position at : new Position[] {new Position(63.5, 63.5), new Position(70.2, 58.7)}) {
      Position peak = XrayCentre.peak(MODEL.draw(128, 4, at));
      assertEquals(at.x(), peak.x(), 0.03);
      assertEquals(at.y(), peak.y(), 0.03);
    }
  }

  @Test
  void smoothingHidesASingleBrightPixel() {
    ScaledImage image = MODEL.draw(128, 4, new Position(60, 66));
    image.image().pixels()[20 * 128 + 90] = 5 * MODEL.brightness(0);
    Position rough = XrayCentre.peak(image, 0, Double.POSITIVE_INFINITY);
    assertEquals(90, rough.x(), 1e-3);
    assertEquals(20, rough.y(), 1e-3);
    Position peak = XrayCentre.peak(image);
    assertEquals(60, peak.x(), 0.1);
    assertEquals(66, peak.y(), 0.1);
  }

  @Test
  void aSourceBeyondTheSearchRadiusIsNotThePeak() {
    ScaledImage image = MODEL.draw(128, 4, new Position(64, 64));
    for (int i = 0; i < 9; i++) {
      image.image().pixels()[(10 + i / 3) * 128 + 10 + i % 3] = 20 * MODEL.brightness(0);
    }
    assertEquals(11, XrayCentre.peak(image).x(), 0.01);
    assertEquals(64, XrayCentre.peak(image, 8, 200).x(), 0.05);
  }

  @Test
  void unobservedPixelsDoNotMoveThePeak() {
    ScaledImage image = MODEL.draw(128, 4, new Position(64, 64));
    for (int i = 0; i < 128 * 128; i++) {
      if (i % 128 >= 69) {
        image.image().pixels()[i] = Double.NaN;
      }
    }
    assertEquals(64, XrayCentre.peak(image).x(), 0.3);
  }

  @Test
  void anEmptyImageHasItsPeakInTheMiddle() {
    double[] none = new double[100];
    Arrays.fill(none, Double.NaN);
    ScaledImage image = new ScaledImage(new Image(10, 10, none), 4);
    assertEquals(new Position(4.5, 4.5), XrayCentre.peak(image));
    assertEquals(image.centre(), XrayCentre.centroid(image, image.centre(), 100));
  }

  @Test
  void theCentroidIsThatOfTheSources() {
    // Two point sources, one three times the other, well within the circle.
    double[] pixels = new double[101 * 101];
    pixels[50 * 101 + 46] = 3;
    pixels[50 * 101 + 54] = 1;
    ScaledImage image = new ScaledImage(new Image(101, 101, pixels), 2);
    Position centroid = XrayCentre.centroid(image, new Position(46, 50), 60);
    assertEquals(48, centroid.x(), 1e-9);
    assertEquals(50, centroid.y(), 1e-9);
    assertEquals(4, image.distance(new Position(46, 50), centroid), 1e-9);
  }

  @Test
  void theCentroidOfARoundClusterIsItsCentre() {
    Position at = new Position(60.25, 66.5);
    Position centroid = XrayCentre.centroid(MODEL.draw(128, 4, at), new Position(64, 64), 200);
    assertEquals(at.x(), centroid.x(), 0.02);
    assertEquals(at.y(), centroid.y(), 0.02);
  }

  @Test
  void invalidArgumentsAreNamed() {
    ScaledImage image = MODEL.draw(20, 5, new Position(9, 9));
    String message = Refused.message(() -> XrayCentre.peak(image, -1, 100));
    assertTrue(message.contains("smoothing=-1.0"), message);
  }
}
