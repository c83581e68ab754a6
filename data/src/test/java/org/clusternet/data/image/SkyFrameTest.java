package org.clusternet.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.clusternet.data.image.FitsFile.Card;
import org.junit.jupiter.api.Test;

class SkyFrameTest {
  private static FitsKeywords keywords(Object... pairs) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("CTYPE1", "RA---TAN");
    values.put("CTYPE2", "DEC--TAN");
    values.put("CRPIX1", 100.5);
    values.put("CRPIX2", 50L);
    values.put("CRVAL1", 207.2188);
    values.put("CRVAL2", 26.593);
    for (int i = 0; i < pairs.length; i += 2) {
      values.put((String) pairs[i], pairs[i + 1]);
    }
    return new FitsKeywords(values);
  }

  private static SkyFrame frame(Object... pairs) {
    return SkyFrame.of(keywords(pairs)).orElseThrow();
  }

  @Test
  void allFormsOfTheMatrixAgree() {
    double step = 0.001;
    double cos = Math.cos(Math.toRadians(30));
    double sin = Math.sin(Math.toRadians(30));
    // CROTA2 turns by +30 degrees (Calabretta and Greisen 2002, section 6.1).
    double[] expected = {-step * cos, -step * sin, -step * sin, step * cos};
    SkyFrame turned = frame("CDELT1", -step, "CDELT2", step, "CROTA2", 30L);
    assertArrayEquals(expected, turned.matrix(), 1e-15);
    SkyFrame pc =
        frame(
            "CDELT1", -step, "CDELT2", step, "PC1_1", cos, "PC1_2", sin, "PC2_1", -sin, "PC2_2",
            cos);
    assertArrayEquals(expected, pc.matrix(), 1e-15);
    SkyFrame cd =
        frame(
            "CD1_1", expected[0], "CD1_2", expected[1], "CD2_1", expected[2], "CD2_2", expected[3]);
    assertArrayEquals(expected, cd.matrix(), 0);
    assertEquals(3.6, cd.arcsecPerPixel(), 1e-12);
    assertEquals(1, cd.elongation(), 1e-12);
    SkyFrame seconds = frame("CDELT1", -3.6, "CDELT2", 7.2, "CUNIT1", "arcsec", "CUNIT2", "arcsec");
    assertEquals(3.6 * Math.sqrt(2), seconds.arcsecPerPixel(), 1e-12);
    assertEquals(2, seconds.elongation(), 1e-12);
  }

  @Test
  void headerWithoutCelestialAxesOrScaleGivesNoFrame() {
    assertTrue(SkyFrame.of(FitsKeywords.NONE).isEmpty());
    assertTrue(SkyFrame.of(keywords()).isEmpty());
    FitsKeywords linear = keywords("CTYPE1", "LINEAR", "CDELT1", 4.0, "CDELT2", 4.0);
    assertTrue(SkyFrame.of(linear).isEmpty());
    Object[] wrong = {"CDELT1", 4.0, "CDELT2", 4.0, "CRVAL1", Double.NaN};
    assertTrue(SkyFrame.of(keywords(wrong)).isEmpty());
    Object[] axes = {"CTYPE1", "LINEAR", "CTYPE2", "LINEAR", "CDELT1", 4.0, "CDELT2", 4.0};
    assertTrue(LinearAxes.of(keywords(axes)).isPresent());
    Object[] endless = {
      "CTYPE1", "LINEAR", "CDELT1", 4.0, "CDELT2", 4.0, "CRPIX1", Double.POSITIVE_INFINITY
    };
    assertTrue(LinearAxes.of(keywords(endless)).isEmpty());
  }

  /** The place of a pixel by vectors: the tangent plane's point, brought to the sphere. */
  private static double[] skyOf(SkyFrame frame, double x, double y) {
    double[] m = frame.matrix();
    double u = x + 1 - frame.crpix1();
    double v = y + 1 - frame.crpix2();
    double east = Math.toRadians(m[0] * u + m[1] * v);
    double north = Math.toRadians(m[2] * u + m[3] * v);
    double a = Math.toRadians(frame.reference()[0]);
    double d = Math.toRadians(frame.reference()[1]);
    double[] centre = {Math.cos(d) * Math.cos(a), Math.cos(d) * Math.sin(a), Math.sin(d)};
    double[] eastward = {-Math.sin(a), Math.cos(a), 0};
    double[] northward = {-Math.sin(d) * Math.cos(a), -Math.sin(d) * Math.sin(a), Math.cos(d)};
    double[] p = new double[3];
    for (int i = 0; i < 3; i++) {
      p[i] = centre[i] + east * eastward[i] + north * northward[i];
    }
    double length = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
    double ra = Math.toDegrees(Math.atan2(p[1], p[0]));
    return new double[] {ra < 0 ? ra + 360 : ra, Math.toDegrees(Math.asin(p[2] / length))};
  }

  @Test
  void positionsAreFoundInTheImage() {
    SkyFrame frame = frame("CDELT1", -0.01, "CDELT2", 0.01, "CROTA2", 20L);
    for (double[] pixel : new double[][] {{99.5, 49}, {0, 0}, {150.25, 10.5}, {-20, 300}}) {
      double[] sky = skyOf(frame, pixel[0], pixel[1]);
      assertArrayEquals(pixel, frame.pixelOf(sky[0], sky[1]).orElseThrow(), 1e-8);
    }
    assertTrue(frame.pixelOf(27.2, -26.6).isEmpty());
    SkyFrame other = frame("CDELT1", -0.01, "CDELT2", 0.01, "CTYPE1", "RA---SIN");
    assertEquals(Optional.empty(), other.pixelOf(207, 26));
  }

  @Test
  void resamplingKeepsPositionsInTheSky() {
    SkyFrame frame = frame("CDELT1", -0.01, "CDELT2", 0.01);
    Regrid regrid = Regrid.around(2.5, 70, 60, 30, 20);
    SkyFrame coarse = frame.resampled(2.5, regrid.startX(), regrid.startY());
    double[] sky = skyOf(frame, 70, 60);
    // The middle of 30 x 20 pixels.
    assertArrayEquals(new double[] {14.5, 9.5}, coarse.pixelOf(sky[0], sky[1]).orElseThrow(), 1e-8);
    assertEquals(2.5 * frame.arcsecPerPixel(), coarse.arcsecPerPixel(), 1e-9);
    // What is written is what was meant.
    Map<String, Object> written = new LinkedHashMap<>();
    for (Card card : coarse.cards()) {
      written.put(card.key(), card.value());
    }
    SkyFrame read = SkyFrame.of(new FitsKeywords(written)).orElseThrow();
    assertArrayEquals(new double[] {14.5, 9.5}, read.pixelOf(sky[0], sky[1]).orElseThrow(), 1e-8);
  }
}
