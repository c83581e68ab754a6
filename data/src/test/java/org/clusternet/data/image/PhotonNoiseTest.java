package org.clusternet.data.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.clusternet.data.Refused;
import org.clusternet.data.image.FitsFile.Card;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotonNoiseTest {
  private static final double[] TINY = {1e-16, 3.5e-16, 2.25e-15, 7.1e-14};

  private static Optional<PhotonNoise> of(Map<String, Object> keywords, double... pixels) {
    Image image = new Image(pixels.length, 1, pixels);
    return PhotonNoise.of(new SourceImage(image, new FitsKeywords(keywords)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "count",
        "counts",
        "Counts",
        "ct",
        "photon",
        "PHOTONS",
        "ph",
        "count/pixel",
        "counts / pix",
        "photon pixel**-1"
      })
  void unitsOfNumbersOfPhotonsAreKnown(String unit) {
    assertEquals(Optional.of(PhotonNoise.COUNTS), of(Map.of("BUNIT", unit), TINY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"count/s", "counts s-1 arcmin-2", "photons/cm2/s", "ct s**-1", "ph/s"})
  void ofRatesThePhotonIsNotKnown(String unit) {
    assertEquals(Optional.of(PhotonNoise.UNKNOWN), of(Map.of("BUNIT", unit), TINY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "erg s-1 cm-2", "Jy/beam", "ADU", "country", "photometry", "phase"})
  void otherUnitsAreNoPhotons(String unit) {
    assertEquals(Optional.empty(), of(Map.of("BUNIT", unit), TINY));
  }

  @Test
  void wholeNumbersArePhotonsUnlessTheyAreAMaskOrBeyondAFloat() {
    assertEquals(Optional.of(PhotonNoise.COUNTS), of(Map.of(), 0, 1, 0, Double.NaN, 7));
    assertEquals(Optional.empty(), of(Map.of(), 0, 1, 0, 1, 1));
    assertEquals(Optional.empty(), of(Map.of(), 3, 3, 3));
    assertEquals(Optional.empty(), of(Map.of(), 0, -1, 2, 3));
    assertEquals(Optional.empty(), of(Map.of(), 0, 1, 2, 3.5));
    assertEquals(Optional.empty(), of(Map.of(), Double.NaN, Double.NaN));
    // Every 32-bit float of this size is whole, a flux as well as a number.
    assertEquals(Optional.empty(), of(Map.of(), 1e30f, 2.5e30f, 4e29f));
  }

  @Test
  void keywordsKeepTheNoise() {
    PhotonNoise noise = new PhotonNoise(1e-5, 3.25e-4);
    Map<String, Object> keywords = new LinkedHashMap<>();
    for (Card card : noise.cards()) {
      keywords.put(card.key(), card.value());
    }
    assertEquals(Optional.of(noise), of(keywords, TINY));
    assertEquals(Optional.of(new PhotonNoise(0.5, 0)), of(Map.of("PHOTON", 0.5), TINY));
    assertEquals(Optional.of(PhotonNoise.UNKNOWN), of(Map.of("BKGSUB", true), TINY));
    assertEquals(Optional.of(PhotonNoise.UNKNOWN), of(Map.of("EXPCORR", true), TINY));
    assertEquals(Optional.empty(), of(Map.of("EXPCORR", false, "BKGSUB", false), TINY));
    assertEquals(
        "photon noise: photon=-1.0 deviation=0.0; both must be finite and not negative",
        Refused.message(() -> new PhotonNoise(-1, 0)));
  }

  /** Means of Gaussian noise, against their spread as it is measured. */
  @ParameterizedTest
  @CsvSource({"1", "4", "16"})
  void deviationOfAMeanFallsWithTheRootOfItsPixels(int area) {
    Random random = new Random(area);
    double[] means = new double[4000];
    for (int i = 0; i < means.length; i++) {
      for (int k = 0; k < area; k++) {
        means[i] += 3 * random.nextGaussian() / area;
      }
    }
    double spread = Math.sqrt(Arrays.stream(means).map(v -> v * v).average().orElseThrow());
    // The spread of n numbers is itself uncertain by 1 / sqrt(2 n), 1.1 %.
    assertEquals(spread, new PhotonNoise(0, 3).averaged(area).floor(means), 0.05 * spread);
  }

  @Test
  void unknownNoiseIsEstimatedFromTheSkyAroundZero() {
    Random random = new Random(2);
    double[] pixels = random.doubles(8000).map(u -> 0).toArray();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 2e-7 * random.nextGaussian() + (i < 400 ? 1e-4 : 0);
    }
    assertEquals(2e-7, PhotonNoise.UNKNOWN.floor(pixels), 1e-8);
  }

  @Test
  void withoutNegativePixelsTheFirstPercentileIsTaken() {
    double[] pixels = new double[1100];
    for (int i = 0; i < 1000; i++) {
      pixels[i] = 1 + i;
    }
    pixels[3] = 1e-12;
    assertEquals(11, PhotonNoise.UNKNOWN.floor(pixels), 1);
    assertEquals(0, PhotonNoise.UNKNOWN.floor(new double[] {0, -1, -2}), 0);
    assertTrue(PhotonNoise.UNKNOWN.floor(new double[] {5}) == 5);
  }
}
