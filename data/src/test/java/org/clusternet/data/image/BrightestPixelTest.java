package org.clusternet.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.clusternet.data.image.Preprocessing.Peak;
import org.clusternet.data.random.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A cluster of photons (beta = 2/3, core radius 6 pixels) with what could be taken for its core: in
 * each test but the first the brightest pixel of the counts is the wrong one, and the peak has to
 * be found within the core radius, in twenty realisations of the noise.
 */
class BrightestPixelTest {
  private static final int SIDE = 128;
  private static final int SIZE = 32;
  private static final double CORE = 6;
  private static final double CORE_X = 77;
  private static final double CORE_Y = 58;
  private static final Spoiler NOTHING = counts -> {};

  private static double[] cluster(double photons, double background, long seed) {
    double[] counts = new double[SIDE * SIDE];
    CounterRandom random = new CounterRandom(seed, "peak");
    for (int i = 0; i < counts.length; i++) {
      double mean = photons * beta(i % SIDE - CORE_X, Math.floorDiv(i, SIDE) - CORE_Y) + background;
      counts[i] = PoissonSampler.of(random, mean).sample();
    }
    return counts;
  }

  private static double beta(double dx, double dy) {
    return Math.pow(1 + (dx * dx + dy * dy) / (CORE * CORE), -1.5) / (2 * Math.PI * CORE * CORE);
  }

  private static Peak peak(double[] counts, PhotonNoise noise) {
    return new Preprocessing(SIDE, SIZE, LogFloor.AUTO)
        .apply(new Image(SIDE, SIDE, counts), Optional.of(noise), "a.fits")
        .peak()
        .orElseThrow();
  }

  /** Distance from the core, in pixels of the image. */
  private static double error(Peak peak) {
    double factor = (double) SIDE / SIZE;
    return Math.hypot(
        (peak.x() + 0.5) * factor - 0.5 - CORE_X, (peak.y() + 0.5) * factor - 0.5 - CORE_Y);
  }

  private static double worst(double photons, double background, Spoiler spoiler) {
    double worst = 0;
    for (int seed = 0; seed < 20; seed++) {
      double[] counts = cluster(photons, background, seed);
      spoiler.spoil(counts);
      assertTrue(spoiler == NOTHING || distance(brightest(counts)) > 4 * CORE);
      worst = Math.max(worst, error(peak(counts, PhotonNoise.COUNTS)));
    }
    return worst;
  }

  private static int brightest(double[] counts) {
    int most = 0;
    for (int i = 0; i < counts.length; i++) {
      most = counts[i] > counts[most] || Double.isNaN(counts[most]) ? i : most;
    }
    return most;
  }

  private static double distance(int pixel) {
    return Math.hypot(pixel % SIDE - CORE_X, Math.floorDiv(pixel, SIDE) - CORE_Y);
  }

  private interface Spoiler {
    void spoil(double[] counts);
  }

  @ParameterizedTest
  @CsvSource({"300, 0", "300, 0.005", "3000, 0.1", "30000, 0.5", "1e6, 3"})
  void theCoreIsFoundInNoise(double photons, double background) {
    double worst = worst(photons, background, NOTHING);
    assertTrue(worst < CORE, () -> "distance=" + worst);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "60"})
  void hotPixelsDoNotWin(int length) {
    double worst =
        worst(
            3000,
            0.05,
            counts -> {
              for (int k = 0; k < length; k++) {
                counts[(30 + k) * SIDE + 20] = 1e5;
              }
            });
    assertTrue(worst < CORE, () -> "distance=" + worst);
  }

  @Test
  void anIsolatedPhotonOfGreatWeightDoesNotWin() {
    // Divided by a short exposure at the edge of the field, beyond which nothing was observed.
    double worst =
        worst(
            1500,
            0.01,
            counts -> {
              for (int i = 0; i < counts.length; i++) {
                counts[i] = i % SIDE < 12 ? Double.NaN : counts[i];
              }
              counts[40 * SIDE + 12] = 20;
            });
    assertTrue(worst < CORE, () -> "distance=" + worst);
  }

  @Test
  void aPointSourceAtTheEdgeDoesNotWin() {
    // A third of the cluster's photons in a Gaussian of 2 pixels: thrice the core's brightness.
    double[] source = new double[SIDE * SIDE];
    for (int i = 0; i < source.length; i++) {
      double dx = i % SIDE - 12.0;
      double dy = Math.floorDiv(i, SIDE) - 110.0;
      source[i] = Math.rint(1700 * Math.exp(-(dx * dx + dy * dy) / 8) / (8 * Math.PI));
    }
    double worst = worst(5000, 0.05, counts -> Arrays.setAll(counts, i -> counts[i] + source[i]));
    assertTrue(worst < CORE, () -> "distance=" + worst);
  }

  @Test
  void aSubtractedImageHasTheSamePeak() {
    double background = 0.5;
    double[] counts = cluster(3000, background, 4);
    double[] subtracted = Arrays.stream(counts).map(v -> (v - background) / 2e4).toArray();
    PhotonNoise noise = new PhotonNoise(1 / 2e4, Math.sqrt(background) / 2e4);
    assertEquals(peak(counts, PhotonNoise.COUNTS), peak(subtracted, noise));
    assertTrue(error(peak(subtracted, PhotonNoise.UNKNOWN)) < CORE);
  }

  @Test
  void thePointSpreadOfATelescopeIsNotHot() {
    // A Gaussian as wide as a pixel (FWHM) in the middle of one, on an edge and on a corner.
    for (double[] at : new double[][] {{10, 10}, {10.5, 10}, {10.5, 10.5}, {10.2, 9.7}}) {
      double[] pixels = new double[21 * 21];
      for (int i = 0; i < pixels.length; i++) {
        int row = i / 21;
        pixels[i] = 1e6 * share(i % 21 - at[0]) * share(row - at[1]);
      }
      assertArrayEquals(
          pixels, BrightestPixel.withoutHotPixels(pixels, 21, PhotonNoise.COUNTS), 0, "" + at[0]);
    }
  }

  /** The part of a Gaussian of FWHM 1 that falls into a pixel at a distance, by summation. */
  private static double share(double distance) {
    double sum = 0;
    for (int k = 0; k < 1000; k++) {
      double x = distance - 0.5 + (k + 0.5) / 1000;
      sum += Math.exp(-4 * Math.log(2) * x * x) / 1000;
    }
    return sum * Math.sqrt(4 * Math.log(2) / Math.PI);
  }

  @Test
  void photonsAreNotHotByChance() {
    double[] counts = cluster(3000, 0.02, 9);
    assertArrayEquals(counts, BrightestPixel.withoutHotPixels(counts, SIDE, PhotonNoise.COUNTS), 0);
    counts[5 * SIDE + 5] = 40;
    double[] sound = BrightestPixel.withoutHotPixels(counts, SIDE, PhotonNoise.COUNTS);
    assertTrue(sound[5 * SIDE + 5] <= 1);
  }

  @Test
  void noiseFreeImagesLeaveThePeakToTheNetwork() {
    double[] pixels = new double[SIDE * SIDE];
    Arrays.setAll(pixels, i -> beta(i % SIDE - CORE_X, Math.floorDiv(i, SIDE) - CORE_Y));
    Image image = new Image(SIDE, SIDE, pixels);
    Preprocessing auto = new Preprocessing(SIDE, SIZE, LogFloor.AUTO);
    assertEquals(Optional.empty(), auto.apply(image, "a").peak());
    Preprocessing paper = new Preprocessing(SIDE, SIZE);
    assertEquals(Optional.empty(), paper.apply(image, Optional.of(PhotonNoise.COUNTS), "a").peak());
    // The brightest pixel holds the core, so that smoothing must not move it.
    Peak peak = peak(pixels, new PhotonNoise(1e-12, 0));
    assertEquals(new Peak((int) CORE_X / 4, (int) CORE_Y / 4), peak);
  }
}
