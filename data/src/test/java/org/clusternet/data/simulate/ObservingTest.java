package org.clusternet.data.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.clusternet.data.image.Image;
import org.clusternet.data.random.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservingTest {
  private static final int SIZE = 128;

  private static Image flat() {
    double[] pixels = new double[SIZE * SIZE];
    Arrays.fill(pixels, 3e-4);
    return new Image(SIZE, SIZE, pixels);
  }

  private static Image point(int x, int y) {
    double[] pixels = new double[SIZE * SIZE];
    pixels[y * SIZE + x] = 1;
    return new Image(SIZE, SIZE, pixels);
  }

  /** Of n Poisson numbers of mean m, mean and variance scatter by sqrt(m/n), about sqrt(2/n) m. */
  @ParameterizedTest
  @CsvSource({"0.3, 0", "5, 2", "80, 0", "1000, 20"})
  void photonCountsFollowThePoissonDistribution(double mean, double background) {
    int n = SIZE * SIZE;
    Observing observing = new Observing(mean * n, 0, background);
    double[] photons = observing.observe(flat(), 4, new CounterRandom(1, "p")).pixels();
    double expected = mean + background;
    double average = Arrays.stream(photons).average().orElseThrow();
    double variance =
        Arrays.stream(photons).map(p -> (p - average) * (p - average)).sum() / (n - 1);
    assertEquals(expected, average, 4 * Math.sqrt(expected / n));
    assertEquals(expected, variance, 4 * Math.sqrt((2 * expected * expected + expected) / n));
    assertTrue(Arrays.stream(photons).allMatch(p -> p >= 0 && p == Math.rint(p)));
  }

  @ParameterizedTest
  @CsvSource({"64, 64, 20", "2, 125, 20", "0, 0, 60", "64, 64, 3"})
  void blurringConservesFlux(int x, int y, double fwhm) {
    Image blurred = new Observing(0, fwhm, 0).observe(point(x, y), 4, new CounterRandom(1, "p"));
    assertEquals(1, Arrays.stream(blurred.pixels()).sum(), 1e-12);
  }

  @Test
  void blurredPointHasHalfItsPeakAtHalfTheFwhm() {
    Image blurred = new Observing(0, 40, 0).observe(point(64, 64), 4, new CounterRandom(1, "p"));
    assertEquals(0.5, blurred.at(69, 64) / blurred.at(64, 64), 1e-9);
    assertEquals(0.5, blurred.at(64, 59) / blurred.at(64, 64), 1e-9);
  }

  /** The exposure at a side's middle, and that reduced pixels of a flat sky are flat again. */
  @Test
  void vignettingFallsToItsShareAndDividesOut() {
    Observing observing = new Observing(4e6, 0, 3, 0.25);
    Image exposure = observing.exposure(SIZE, SIZE);
    // The outermost pixel centre lies half a pixel within the edge: (127/128)^2 of the exponent.
    double edge = Math.pow(0.25, Math.pow(127 / 128.0, 2) + Math.pow(1 / 128.0, 2));
    assertEquals(edge, exposure.at(0, 64), 1e-12);
    assertEquals(edge, exposure.at(64, 127), 1e-12);
    assertEquals(1, exposure.at(64, 64), 2e-4);
    double[] photons = observing.observe(flat(), 4, new CounterRandom(1, "p")).pixels();
    double all = Arrays.stream(photons).sum();
    assertEquals(4e6 + 3.0 * SIZE * SIZE, all, 4 * Math.sqrt(all));
    double inner = reducedMean(photons, exposure, 32, 96);
    double corner = reducedMean(photons, exposure, 0, 20);
    assertEquals(inner, corner, 0.03 * inner);
  }

  /** Of the square from (low, low) to (high, high); noise below 1 % in this test. */
  private static double reducedMean(double[] photons, Image exposure, int low, int high) {
    double sum = 0;
    for (int y = low; y < high; y++) {
      for (int x = low; x < high; x++) {
        sum += (photons[y * SIZE + x] - 3) / exposure.at(x, y);
      }
    }
    return sum / ((high - low) * (high - low));
  }

  @Test
  void imageIsUnchangedWithoutTelescope() {
    Image image = flat();
    assertEquals(image, Observing.NONE.observe(image, 4, new CounterRandom(1, "p")));
  }

  @Test
  void refusesInvalidSettings() {
    assertEquals(
        "observing: background=1.0 photons per pixel needs counts; set counts above 0 or background to 0",
        assertThrows(IllegalArgumentException.class, () -> new Observing(0, 0, 1)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Observing(-1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Observing(1, Double.NaN, 0));
    assertThrows(IllegalArgumentException.class, () -> new Observing(1, 0, -1));
    assertEquals(
        "observing: vignetting=0.5 counts=0.0; it must be above 0 and at most 1, and below 1 it needs counts above 0",
        assertThrows(IllegalArgumentException.class, () -> new Observing(0, 0, 0, 0.5))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Observing(1, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Observing(1, 0, 0, 1.5));
  }
}
