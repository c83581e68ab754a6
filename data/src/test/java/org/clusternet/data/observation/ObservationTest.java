package org.clusternet.data.observation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.clusternet.data.DataException;
import org.clusternet.data.Refused;
import org.clusternet.data.SharedData;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.SkyFrame;
import org.clusternet.data.physics.Cosmology;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservationTest {
  private static final double NAN = Double.NaN;

  @TempDir Path folder;

  private Path fits(String name, List<Card> cards, int width, double... pixels) {
    Path file = folder.resolve(name);
    FitsFile.write(file, new Image(width, pixels.length / width, pixels), cards);
    return file;
  }

  private Path fits(String name, double... pixels) {
    return fits(name, List.of(), 4, pixels);
  }

  /** North up, east left, 3.6 arcsec per pixel. */
  private static List<Card> sky(double crpix1) {
    List<Card> cards = new ArrayList<>();
    cards.add(new Card("CTYPE1", "RA---TAN", ""));
    cards.add(new Card("CTYPE2", "DEC--TAN", ""));
    cards.add(new Card("CRVAL1", 100.0, ""));
    cards.add(new Card("CRVAL2", 30.0, ""));
    cards.add(new Card("CRPIX1", crpix1, ""));
    cards.add(new Card("CRPIX2", 1.0, ""));
    cards.add(new Card("CDELT1", -0.001, ""));
    cards.add(new Card("CDELT2", 0.001, ""));
    return cards;
  }

  private static Observation.Files files(
      Path image, @Nullable Path exposure, @Nullable Path background, double f) {
    return new Observation.Files(
        image, Optional.ofNullable(exposure), Optional.ofNullable(background), f);
  }

  private static Framing scale(String text) {
    return new Framing(Optional.of(PixelScale.parse(text)), Optional.empty(), OptionalInt.empty());
  }

  private static Reduced reduce(Observation.Files files, Framing framing) {
    return Reduced.of(Observation.read(files, note -> {}), framing, ImageScale.UNKNOWN);
  }

  @Test
  void surfaceBrightnessIsCountsLessBackgroundByExposure() {
    Path counts = fits("c.fits", 10, 4, 7, NAN, 0, 9, 5, 6);
    Path exposure = fits("e.fits", 2, 0, 1, 5, 1, NAN, 5, 3);
    Path background = fits("b.fits", 2, 1, 1, 1, 1, 1, NAN, 0);
    Observation observation = Observation.read(files(counts, exposure, background, 2), note -> {});
    Reduced reduced = Reduced.of(observation, Framing.NONE, ImageScale.UNKNOWN);
    double[] expected = {3, NAN, 5, NAN, -2, NAN, NAN, 2};
    assertArrayEquals(expected, reduced.image().pixels(), 0);
    assertEquals(2, observation.unexposed());
    assertEquals(2, observation.nonFinite());
    assertEquals(
        List.of("PHOTON", "BKGSIGMA", "EXPCORR", "BKGSUB"),
        reduced.cards().stream().map(Card::key).toList());
    Reduced plain = reduce(files(counts, null, null, 1), Framing.NONE);
    assertArrayEquals(new double[] {10, 4, 7, NAN, 0, 9, 5, 6}, plain.image().pixels(), 0);
  }

  @Test
  void pixelsAreWeightedByExposure() {
    // One photon in a barely exposed pixel must not outshine the others: 11 photons in 10.1 s.
    Path counts = fits("c.fits", sky(1), 4, 1, 10, 0, 0, 0, 0, 0, 0);
    Path exposure = fits("e.fits", sky(1), 4, 0.1, 10, 0, 0, 0, 0, 0, 4);
    Observation.Files files = files(counts, exposure, null, 1).exposedFrom(0);
    Reduced reduced = reduce(files, scale("7.2arcsec"));
    assertArrayEquals(new double[] {11 / 10.1, 0}, reduced.image().pixels(), 1e-6);
    SkyFrame frame = reduced.frame().orElseThrow();
    assertEquals(7.2, frame.arcsecPerPixel(), 1e-9);
    // The reference place was at the centre of the first pixel, a quarter into the new one.
    assertArrayEquals(new double[] {-0.25, -0.25}, frame.pixelOf(100, 30).orElseThrow(), 1e-9);
  }

  @Test
  void pixelsOfLittleExposureCountAsNotExposed() {
    Path counts = fits("c.fits", 1, 1, 1, 1, 1, 1, 1, 1);
    Path exposure = fits("e.fits", 100, 5, 4.9, 0, 50, NAN, 20, 19.9);
    Observation.Files usual = files(counts, exposure, null, 1);
    Observation observation = Observation.read(usual, note -> {});
    double[] expected = {1, 1, NAN, NAN, 1, NAN, 1, 1};
    assertArrayEquals(expected, observation.light().pixels(), 0);
    assertEquals(3, observation.unexposed());
    assertEquals(5, Observation.read(usual.exposedFrom(0.2), note -> {}).unexposed());
    assertEquals(2, Observation.read(usual.exposedFrom(0), note -> {}).unexposed());
    for (double wrong : new double[] {-0.1, 1.01, NAN}) {
      assertEquals(
          "min-exposure=" + wrong + "; it must be from 0 to 1 (0.05: 5 % of the greatest)",
          Refused.message(() -> usual.exposedFrom(wrong)));
    }
  }

  @Test
  void aPhotonAtTheEdgeOfTheFieldDoesNotOutshineTheCluster() {
    Path counts = SharedData.require("cases/observations/low-exposure-peak/counts.fits.gz");
    Observation.Files files = files(counts, counts.resolveSibling("exposure.fits.gz"), null, 1);
    Image image = reduce(files, Framing.NONE).image();
    assertTrue(Double.isNaN(image.at(146, 29)));
    double most = Arrays.stream(image.pixels()).filter(Double::isFinite).max().orElseThrow();
    double core = 0;
    for (int i = 0; i < 400; i++) {
      core = Math.max(core, image.at(140 + i % 20, 140 + Math.floorDiv(i, 20)));
    }
    assertEquals(core, most);
  }

  @Test
  void aPhysicalScaleFollowsFromTheRedshift() {
    double[] flat = new double[64 * 64];
    Arrays.fill(flat, 1);
    Path counts = fits("c.fits", sky(1), 64, flat);
    Observation observation = Observation.read(files(counts, null, null, 1), note -> {});
    ImageScale redshift =
        new ImageScale(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.of(0.1));
    Reduced reduced = Reduced.of(observation, scale("10kpc"), redshift);
    double arcsec = 10 / Cosmology.STANDARD.kpcPerArcsec(0.1);
    assertEquals(arcsec, reduced.frame().orElseThrow().arcsecPerPixel(), 1e-9);
    assertEquals((int) (64 * 3.6 / arcsec), reduced.image().width());
    assertEquals(10, reduced.scale().kpcPerPixel().orElseThrow(), 1e-9);
    // NED's calculator of Wright 2006 gives 1.844 kpc per arcsec for z = 0.1, H0 = 70, Om = 0.3.
    assertEquals(10 / 1.844, arcsec, 1e-2);
  }

  @Test
  void positionBecomesTheCentreOfTheImage() {
    double[] pixels = new double[40 * 40];
    pixels[12 * 40 + 30] = 5;
    Path counts = fits("c.fits", sky(1), 40, pixels);
    SkyFrame frame = SkyFrame.of(FitsFile.open(counts).keywords()).orElseThrow();
    double dec = 30 + 12 * 0.001;
    double ra = 100 - 30 * 0.001 / Math.cos(Math.toRadians(dec));
    double[] at = frame.pixelOf(ra, dec).orElseThrow();
    assertArrayEquals(new double[] {30, 12}, at, 0.02);
    Framing around =
        new Framing(Optional.empty(), Optional.of(new SkyPlace(ra, dec)), OptionalInt.of(9));
    Image image = reduce(files(counts, null, null, 1), around).image();
    assertEquals(9, image.width());
    assertEquals(5, image.at(4, 4), 0);
    String outside =
        error(files(counts, null, null, 1), around.around(Optional.of(new SkyPlace(100.2, 30))));
    assertTrue(outside.contains("is outside the image, at pixel x=-"), outside);
  }

  private String error(Observation.Files files, Framing framing) {
    return assertThrows(DataException.class, () -> reduce(files, framing)).getMessage();
  }

  @Test
  void badMapsAreNamedWithTheRemedy() {
    Path counts = fits("c.fits", sky(1), 4, new double[8]);
    Path wide = fits("w.fits", List.of(), 8, new double[8]);
    String message = error(files(counts, wide, null, 1), Framing.NONE);
    assertTrue(
        message.contains("w.fits: exposure map of width=8 height=1")
            && message.contains("has width=4 height=2"),
        message);
    message = error(files(counts, null, wide, 1), Framing.NONE);
    assertTrue(message.contains("background map of width=8"), message);
    Path negative = fits("n.fits", 1, 1, -1, 1, 1, 1, -2, 1);
    message = error(files(counts, negative, null, 1), Framing.NONE);
    assertTrue(message.contains("n.fits: exposure map with negative pixels=2"), message);
    Path dark = fits("d.fits", new double[8]);
    message = error(files(counts, dark, null, 1), Framing.NONE);
    assertTrue(message.contains("without a positive pixel"), message);
    Path shifted = fits("s.fits", sky(3), 4, 1, 1, 1, 1, 1, 1, 1, 1);
    message = error(files(counts, shifted, null, 1), Framing.NONE);
    assertTrue(message.contains("exposure map is shifted by pixels=2.0"), message);
    message = Refused.message(() -> files(counts, null, null, -1));
    assertTrue(message.contains("background-scale=-1.0"), message);
  }

  @Test
  void missingCoordinatesOrRedshiftAreNamed() {
    Path bare = fits("bare.fits", new double[8]);
    Observation.Files files = files(bare, null, null, 1);
    assertTrue(error(files, scale("5arcsec")).contains("has no celestial coordinates"));
    assertTrue(error(files, scale("5kpc")).contains("its redshift is not known"));
    Path zed = fits("z.fits", List.of(new Card("REDSHIFT", 0.1, "")), 4, new double[8]);
    String message = error(files(zed, null, null, 1), scale("5kpc"));
    assertTrue(message.contains("redshift=0.1 gives no scale"), message);
    Framing place =
        new Framing(Optional.empty(), Optional.of(new SkyPlace(1, 2)), OptionalInt.empty());
    assertTrue(error(files, place).contains("in which ra=1.0 dec=2.0 can be found"));
    List<Card> oblong = new ArrayList<>(sky(1));
    oblong.set(6, new Card("CDELT1", -0.002, ""));
    message =
        error(files(fits("o.fits", oblong, 4, new double[8]), null, null, 1), scale("5arcsec"));
    assertTrue(message.contains("its pixels are not square (2.000 to 1)"), message);
    for (String wrong : new String[] {"4", "4 pc", "kpc", "-4kpc", "0kpc"}) {
      assertThrows(IllegalArgumentException.class, () -> PixelScale.parse(wrong), wrong);
    }
    assertEquals(new PixelScale(2.5, PixelScale.Unit.ARCSEC), PixelScale.parse(" 2.5 Arcsec"));
  }

  @Test
  void aRosatImageKeepsItsCountsAndItsSky() {
    Path file = SharedData.require("data/images/rosat_pspc_b_37.fits.gz");
    Observation.Files files = files(file, null, null, 1);
    Image whole = reduce(files, Framing.NONE).image();
    Reduced coarse = reduce(files, scale("59.789232arcsec"));
    assertEquals(128, coarse.image().width());
    double counts = Arrays.stream(whole.pixels()).sum();
    double kept = 16 * Arrays.stream(coarse.image().pixels()).sum();
    assertEquals(counts, kept, 1e-4 * counts);
    // The pointing, 55.83 -53.73, is in the middle of either.
    double[] middle = coarse.frame().orElseThrow().pixelOf(55.83, -53.73).orElseThrow();
    assertArrayEquals(new double[] {63.5, 63.5}, middle, 1e-6);
  }
}
