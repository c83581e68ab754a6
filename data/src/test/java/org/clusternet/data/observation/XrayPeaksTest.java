package org.clusternet.data.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.clusternet.data.image.FitsKeywords;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.SourceImage;
import org.junit.jupiter.api.Test;

class XrayPeaksTest {
  private static final int SIDE = 240;

  /** A beta model without end on a background. */
  private static void add(double[] pixels, double x, double y, double height, double core) {
    for (int i = 0; i < pixels.length; i++) {
      double r = Math.hypot(i % SIDE - x, Math.floorDiv(i, SIDE) - y) / core;
      pixels[i] += height * Math.pow(1 + r * r, -1.5);
    }
  }

  private static XrayPeaks find(double[] counts, double[] exposure, double pixel) {
    Observation observation =
        Observation.of(
            Path.of("field.fits"),
            new SourceImage(new Image(SIDE, SIDE, counts), FitsKeywords.NONE),
            Optional.of(new Image(SIDE, SIDE, exposure)),
            Optional.empty());
    return XrayPeaks.find(observation, pixel).orElseThrow();
  }

  private static double[] filled(double value) {
    double[] values = new double[SIDE * SIDE];
    Arrays.fill(values, value);
    return values;
  }

  /** A point source of one pixel, brighter than the cluster's, does not draw the centre away. */
  @Test
  void theClusterIsFoundBesideAPointSource() {
    double[] counts = filled(1);
    add(counts, 70.3, 150.6, 20, 12);
    counts[40 * SIDE + 200] += 400;
    XrayPeaks peaks = find(counts, filled(1), 1);
    assertEquals(70.3, peaks.peak().x(), 0.3);
    assertEquals(150.6, peaks.peak().y(), 0.3);
    assertEquals(List.of(), peaks.rivals());
    XrayPeaks coarse = find(counts, filled(1), 3);
    assertEquals(70.3, coarse.peak().x(), 0.6);
    assertEquals(150.6, coarse.peak().y(), 0.6);
  }

  @Test
  void anotherClusterOfComparableBrightnessIsARival() {
    double[] counts = filled(1);
    add(counts, 60, 60, 20, 12);
    add(counts, 180, 170, 16, 12);
    add(counts, 60, 190, 4, 12);
    XrayPeaks peaks = find(counts, filled(1), 1);
    assertEquals(60, peaks.peak().x(), 0.5);
    assertEquals(1, peaks.rivals().size(), "a fifth as bright is none");
    assertEquals(180, peaks.rivals().get(0).position().x(), 1.5);
    assertEquals(170, peaks.rivals().get(0).position().y(), 1.5);
    assertEquals(0.8, peaks.rivals().get(0).share(), 0.05);
  }

  /** A photon where nearly nothing was exposed is a large flux and means nothing. */
  @Test
  void theEdgeOfTheFieldIsLeftOut() {
    double[] exposure = filled(1000);
    double[] counts = filled(0);
    add(counts, 100, 120, 20, 12);
    for (int y = 0; y < SIDE; y++) {
      exposure[y * SIDE] = 1;
      counts[y * SIDE] = y % 3 == 0 ? 1 : 0;
    }
    XrayPeaks peaks = find(counts, exposure, 1);
    assertEquals(100, peaks.peak().x(), 0.5);
    assertEquals(120, peaks.peak().y(), 0.5);
    assertTrue(peaks.rivals().isEmpty());
  }
}
