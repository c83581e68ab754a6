package org.clusternet.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.clusternet.data.DataException;
import org.junit.jupiter.api.Test;

class PreprocessingTest {
  private static final double NAN = Double.NaN;

  private static Image square(double... pixels) {
    int side = (int) Math.sqrt(pixels.length);
    return new Image(side, side, pixels);
  }

  private static float[] apply(int crop, int size, Image image) {
    return new Preprocessing(crop, size).apply(image, "a.fits").pixels();
  }

  @Test
  void powersOfEBecomeEquallySpaced() {
    // ln of e^(k - 3) is k - 3, so min-max gives k / 8.
    double[] pixels = new double[9];
    float[] expected = new float[9];
    for (int k = 0; k < 9; k++) {
      pixels[k] = Math.exp(k - 3);
      expected[k] = k / 8f;
    }
    assertArrayEquals(expected, apply(3, 3, square(pixels)), 1e-7f);
  }

  @Test
  void unitOfTheImageDoesNotChangeTheInput() {
    double[] pixels = new Random(3).doubles(64, 1, 1e6).toArray();
    float[] counts = apply(8, 8, square(pixels));
    float[] cgs = apply(8, 8, square(Arrays.stream(pixels).map(v -> v * 1e-20).toArray()));
    assertArrayEquals(counts, cgs, 1e-6f);
  }

  @Test
  void theCropIsCentral() {
    // Value e^(x + 10 y), so that a crop tells where it was taken from.
    int width = 11;
    int height = 9;
    double[] pixels = new double[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.exp(i % width + 10 * (i / width));
    }
    Image image = new Image(width, height, pixels);
    float[] crop = apply(3, 3, image);
    // Columns 4 to 6 of 11 and rows 3 to 5 of 9: ln from 34 to 56.
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 3; x++) {
        assertEquals((x + 10 * y) / 22f, crop[y * 3 + x], 1e-6f);
      }
    }
    double[] marked = new double[16];
    Arrays.fill(marked, 1);
    marked[4 + 1] = 5;
    assertArrayEquals(new float[] {1, 0, 0, 0}, apply(2, 2, square(marked)));
    double[] odd = new double[25];
    Arrays.fill(odd, 1);
    odd[5 + 1] = 5;
    // 5 - 2 is odd: one pixel is left off on the left, two on the right.
    assertArrayEquals(new float[] {1, 0, 0, 0}, apply(2, 2, square(odd)));
  }

  @Test
  void darkPixelsAreReplacedByTheSmallestPositiveOne() {
    double e = Math.E;
    Image image = square(0, -5, e, NAN, e * e, e * e * e, Double.POSITIVE_INFINITY, e, -0.0);
    Preprocessing.Input input = new Preprocessing(3, 3).apply(image, "a.fits");
    assertArrayEquals(new float[] {0, 0, 0, 0, 0.5f, 1, 0, 0, 0}, input.pixels(), 1e-7f);
    assertEquals(3, input.nonPositive());
    assertEquals(2, input.nonFinite());
    assertEquals(3, input.size());
  }

  @Test
  void pixelsOutsideTheCropAreIgnored() {
    double[] pixels = new double[25];
    Arrays.fill(pixels, NAN);
    pixels[0] = 1e-30;
    pixels[24] = 1e30;
    for (int y = 1; y < 4; y++) {
      for (int x = 1; x < 4; x++) {
        pixels[y * 5 + x] = x == 2 && y == 2 ? 10 : 1;
      }
    }
    Preprocessing.Input input = new Preprocessing(3, 3).apply(square(pixels), "a.fits");
    assertArrayEquals(new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0}, input.pixels());
    assertEquals(0, input.nonFinite());
  }

  @Test
  void anImageWithoutContrastIsRefused() {
    double[] pixels = new double[16];
    Arrays.fill(pixels, 7.5);
    String expected =
        "a.fits: has no contrast: all positive pixels of its central_crop=4 are 7.50000; take the"
            + " image of the cluster, or remove it";
    assertEquals(expected, error(4, 4, square(pixels)));
    pixels[3] = -1;
    pixels[5] = NAN;
    assertEquals(expected, error(4, 4, square(pixels)));
    pixels[7] = Math.nextUp(7.5f);
    assertEquals(expected, error(4, 4, square(pixels)));
    pixels[7] = 7.5001;
    assertEquals(1, apply(4, 4, square(pixels))[7]);
  }

  private static Preprocessing.Input photons(int crop, int size, PhotonNoise noise, Image image) {
    return new Preprocessing(crop, size, LogFloor.AUTO).apply(image, Optional.of(noise), "a.fits");
  }

  @Test
  void pixelsBelowTheNoiseAreSetToIt() {
    double e = Math.E;
    Image image = square(1e-9, -3, 1, e, 0.5, NAN, e * e, 0, 2e-5);
    float[] expected = {0, 0, 0, 0.5f, 0, 0, 1, 0, 0};
    Preprocessing.Input input = photons(3, 3, PhotonNoise.COUNTS, image);
    assertArrayEquals(expected, input.pixels(), 1e-7f);
    assertEquals(2, input.range(), 1e-12);
    assertEquals(8 / 9.0, input.covered(), 1e-12);
    // The paper's rule takes the accident of 1e-9 for the sky.
    assertEquals(2 + 9 * Math.log(10), new Preprocessing(3, 3).apply(image, "a").range(), 1e-9);
    // A deviation above one photon takes its place.
    assertEquals(1, photons(3, 3, new PhotonNoise(0.1, e), image).range(), 1e-12);
  }

  @Test
  void theNoiseFallsWithTheAreaOfTheInputsPixels() {
    // Means of four pixels: one photon is 1/4, a deviation of 2 becomes 1.
    Image image = square(4, 4, 0, 0, 4, 4, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0);
    assertArrayEquals(
        new float[] {1, 0, (float) (Math.log(2) / Math.log(16)), 0},
        photons(4, 2, PhotonNoise.COUNTS, image).pixels(),
        1e-7f);
    assertEquals(Math.log(4), photons(4, 2, new PhotonNoise(1, 2), image).range(), 1e-12);
    // Interpolated pixels are not more certain than those that they come from.
    assertEquals(Math.log(4), photons(4, 8, PhotonNoise.COUNTS, image).range(), 1e-12);
  }

  @Test
  void photonsWithoutSubtractionKeepThePapersBits() {
    Random random = new Random(8);
    double[] counts = random.doubles(64).map(u -> Math.floor(u * u * 9)).toArray();
    for (int size : new int[] {8, 4}) {
      float[] paper = apply(8, size, square(counts));
      assertArrayEquals(paper, photons(8, size, PhotonNoise.COUNTS, square(counts)).pixels());
    }
  }

  @Test
  void theSettingChoosesTheFloor() {
    double e = Math.E;
    Image image = square(0.01, e, e * e, e);
    Optional<PhotonNoise> noise = Optional.of(PhotonNoise.COUNTS);
    Preprocessing paper = new Preprocessing(2, 2, LogFloor.PAPER);
    Preprocessing auto = new Preprocessing(2, 2, LogFloor.AUTO);
    Preprocessing photon = new Preprocessing(2, 2, LogFloor.PHOTON);
    double whole = 2 - Math.log(0.01);
    assertEquals(whole, paper.apply(image, noise, "a").range(), 1e-12);
    assertEquals(whole, auto.apply(image, "a").range(), 1e-12);
    assertEquals(2, auto.apply(image, noise, "a").range(), 1e-12);
    assertEquals(2, photon.apply(image, noise, "a").range(), 1e-12);
    String message =
        assertThrows(
                DataException.class,
                () -> auto.apply(image, Optional.of(new PhotonNoise(10, 0)), "a.fits"))
            .getMessage();
    assertEquals(
        "a.fits: has no contrast: its brightest pixel=7.38906 is not above its noise=10.0000; use"
            + " larger pixels or a longer exposure",
        message);
  }

  @Test
  void fluxIsAveragedBeforeTheLogarithm() {
    double e = Math.E;
    // Block means 1, e, e^2 and (0 + 0 + 4 + NaN) / 3 of its finite pixels.
    Image image =
        square(
            1, 1, 0, 2 * e, //
            1, 1, e, e, //
            2 * e * e, 0, 0, 0, //
            e * e, e * e, NAN, 3 * e);
    float[] expected = {0, 0.5f, 1, 0.5f};
    assertArrayEquals(expected, apply(4, 2, image), 1e-7f);
  }

  @Test
  void darkBlocksGetTheSmallestPositiveMean() {
    Image image = square(0, 0, 4, 4, 0, 0, 4, 4, NAN, NAN, 1, 1, NAN, NAN, 1, 1);
    assertArrayEquals(new float[] {0, 1, 0, 0}, apply(4, 2, image));
  }

  @Test
  void outputLiesWithinZeroAndOneForAnySize() {
    Random random = new Random(5);
    for (int trial = 0; trial < 60; trial++) {
      int side = 8 + random.nextInt(40);
      int crop = 2 + random.nextInt(side - 1);
      int size = 2 + random.nextInt(50);
      double[] pixels =
          random.doubles((long) side * side).map(u -> Math.exp(40 * u - 60) - 1e-22).toArray();
      float[] result = apply(crop, size, square(pixels));
      assertEquals(size * size, result.length);
      float most = 0;
      for (float pixel : result) {
        assertTrue(pixel >= 0 && pixel <= 1, "pixel=" + pixel);
        most = Math.max(most, pixel);
      }
      assertEquals(1, most);
    }
  }

  @Test
  void inputImageIsNotChanged() {
    double[] pixels = {1, -2, NAN, 4};
    double[] before = pixels.clone();
    apply(2, 2, square(pixels));
    apply(2, 4, square(pixels));
    assertArrayEquals(before, pixels);
  }

  private static String error(int crop, int size, Image image) {
    return assertThrows(DataException.class, () -> apply(crop, size, image)).getMessage();
  }

  @Test
  void unusableImagesAreNamed() {
    assertEquals(
        "a.fits: width=3 height=2 is smaller than central_crop=3, the side that the network reads;"
            + " to predict, take a larger image or resample this one to smaller pixels with"
            + " --scale; to train, set --central-crop to at most 2",
        error(3, 3, new Image(3, 2, new double[6])));
    assertEquals(
        "a.fits: has no positive pixel in its central_crop=2 (pixels=4, NaN or infinite=0), so"
            + " it has no logarithm; remove the image",
        error(2, 2, square(0, -1, 0, 0)));
    assertEquals(
        "a.fits: has no positive pixel in its central_crop=2 (pixels=4, NaN or infinite=4), so"
            + " it has no logarithm; remove the image",
        error(2, 2, square(NAN, NAN, Double.POSITIVE_INFINITY, NAN)));
    assertEquals(
        "a.fits: has no positive pixel after averaging to image_size=1; its negative pixels"
            + " outweigh the others: remove the image",
        error(2, 1, square(1, -2, 0, 0)));
  }

  @Test
  void invalidSizesAreRefused() {
    assertEquals(
        "preprocessing: central_crop=0 must be from 1 to 46340 pixels",
        assertThrows(IllegalArgumentException.class, () -> new Preprocessing(0, 1)).getMessage());
    assertEquals(
        "preprocessing: image_size=46341 must be from 1 to 46340 pixels",
        assertThrows(IllegalArgumentException.class, () -> new Preprocessing(1, 46341))
            .getMessage());
    assertEquals(new Preprocessing(256, 256), Preprocessing.PAPER);
  }

  @Test
  void imageOfInvalidSizeIsRefused() {
    assertEquals(
        "image: width=2 height=2 need 4 pixels, pixels.length=3",
        assertThrows(IllegalArgumentException.class, () -> new Image(2, 2, new double[3]))
            .getMessage());
    assertEquals(
        "image: width=0 height=2; both must be at least 1",
        assertThrows(IllegalArgumentException.class, () -> new Image(0, 2, new double[0]))
            .getMessage());
    assertThrows(IndexOutOfBoundsException.class, () -> square(1, 2, 3, 4).at(2, 0));
  }
}
