package org.clusternet.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.clusternet.data.image.FitsKeywords;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.image.SkyFrame;
import org.clusternet.engine.region.Box;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkyBoxTest {
  private static InputGrid grid(Optional<SkyFrame> frame) {
    return InputGrid.of(
        new Image(100, 90, new double[9000]), frame, Optional.empty(), new Preprocessing(64, 32));
  }

  /** Pixels of 7.2 arcsec, turned; an input pixel is two of them. */
  @ParameterizedTest
  @CsvSource({"207.2, 26.5, 0", "0.001, 60, 30", "359.99, -75, -140"})
  void centreSidesAndAngleAreThoseOfTheBox(double ra, double dec, double turn) {
    double s = 0.002;
    double cos = Math.cos(Math.toRadians(turn));
    double sin = Math.sin(Math.toRadians(turn));
    double[] cd = {-s * cos, s * sin, s * sin, s * cos};
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("CTYPE1", "RA---TAN");
    values.put("CTYPE2", "DEC--TAN");
    values.put("CRVAL1", ra);
    values.put("CRVAL2", dec);
    values.put("CRPIX1", 40.0);
    values.put("CRPIX2", 30.0);
    String[] keys = {"CD1_1", "CD1_2", "CD2_1", "CD2_2"};
    for (int i = 0; i < 4; i++) {
      values.put(keys[i], cd[i]);
    }
    InputGrid grid = grid(SkyFrame.of(new FitsKeywords(values)));
    SkyBox box = SkyBox.of(new Box(2, 5, 11, 24), grid).orElseThrow();
    // The crop begins 18 columns and 13 rows in; FITS counts from 1 at the first pixel's centre.
    double[] centre =
        new SkyByRotation(new double[] {40, 30}, new double[] {ra, dec}, cd)
            .at(18 + 2 * 7 + 0.5, 13 + 2 * 15 + 0.5);
    double across = box.ra() - centre[0];
    across -= 360 * Math.rint(across / 360);
    assertEquals(0, across, 1e-7);
    assertEquals(centre[1], box.dec(), 1e-7);
    // Tangent and arc differ by a part in 1e5 a degree away from the reference.
    assertEquals(10 * 2 * s, box.width(), 1e-6);
    assertEquals(20 * 2 * s, box.height(), 1e-6);
    // North converges by up to the distance times tan(dec).
    assertEquals(turn, box.angle(), 0.3);
  }

  @Test
  void thereIsNoneWithoutCelestialCoordinates() {
    assertEquals(Optional.empty(), SkyBox.of(new Box(2, 5, 11, 24), grid(Optional.empty())));
  }
}
