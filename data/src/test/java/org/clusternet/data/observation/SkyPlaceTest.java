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
import java.util.OptionalInt;
import org.clusternet.data.DataException;
import org.clusternet.data.Refused;
import org.clusternet.data.SharedData;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.image.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Positions as users write them, found in images of other systems and projections. */
class SkyPlaceTest {
  @TempDir Path folder;

  /** ICRS by astropy 5.2.1: SkyCoord(..., frame=...).icrs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "190.9167,11.5526; 190.9167; 11.5526",
        "' 12:43:40, -11:33:09.5'; 190.9166666667; -11.5526388889",
        "12h43m40s,+11d33m09.5s; 190.9166666667; 11.5526388889",
        "12:43:40,-0:30:00; 190.9166666667; -0.5",
        "galactic:301.2,74.3; 192.381394771; 11.434683544",
        "'Galactic: 301:12:00, 74:18'; 192.381394771; 11.434683544",
        "fk5:190.9,11.6; 190.899994851; 11.600001437",
        "B1950:190.3,11.9; 190.929982773; 11.626387239",
        "ecliptic:185.2,15.1; 190.828145450; 11.782751632",
        "supergalactic:102.1,-2.9; 186.933732543; 12.978725168"
      })
  void positionsAreReadInEverySystem(String text, double ra, double dec) {
    SkyPlace place = SkyPlace.parse(text);
    assertArrayEquals(new double[] {ra, dec}, new double[] {place.ra(), place.dec()}, 1e-8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1",
        "a,b",
        "400,0",
        "0,91",
        "1,2,3",
        "12:60:00,0",
        "galactic:1",
        "mars:1,2",
        "fk5:1,2,3",
        "-1,2"
      })
  void somethingElseIsNamedWithTheRemedy(String wrong) {
    String message = Refused.message(() -> SkyPlace.parse(wrong));
    assertTrue(message.startsWith("center=" + wrong), message);
    assertTrue(message.contains("hh:mm:ss,dd:mm:ss"), message);
  }

  private static Framing around(double ra, double dec) {
    return new Framing(Optional.empty(), Optional.of(new SkyPlace(ra, dec)), OptionalInt.of(9));
  }

  private static Reduced reduce(Path file, Framing framing) {
    Observation.Files files = new Observation.Files(file, Optional.empty(), Optional.empty(), 1);
    return Reduced.of(Observation.read(files, note -> {}), framing, ImageScale.UNKNOWN);
  }

  /** The reference pixels of these files are the place: B1950 by EPOCH, and the projection SIN. */
  @ParameterizedTest
  @CsvSource({"b1950", "sin"})
  void positionIsFoundInOtherFrames(String name) {
    Path file = SharedData.require("cases/observations/center-in-other-frame/" + name + ".fits.gz");
    Reduced reduced = reduce(file, around(190.9167, 11.5526));
    assertEquals(9, reduced.image().width());
    // The new reference pixel (from 1) is within one pixel of the centre.
    assertEquals(5, reduced.frame().orElseThrow().crpix1(), 0.51);
    assertEquals(5, reduced.frame().orElseThrow().crpix2(), 0.51);
  }

  /** The file's galactic coordinates are numbers of RA and Dec: the cluster is elsewhere. */
  @Test
  void positionOutsideNamesTheSystemOfTheImage() {
    Path file = SharedData.require("cases/observations/center-in-other-frame/galactic.fits.gz");
    String message = refused(file, 190.9167, 11.5526);
    assertTrue(message.contains("is outside the image, at pixel x=-108045.1"), message);
    assertTrue(message.contains("in coordinates of galactic"), message);
  }

  private static String refused(Path file, double ra, double dec) {
    return assertThrows(DataException.class, () -> reduce(file, around(ra, dec))).getMessage();
  }

  private Path fits(String first, String second, Card... more) {
    List<Card> cards = new ArrayList<>(List.of(more));
    String[] types = {first, second};
    for (int axis = 1; axis <= 2; axis++) {
      cards.add(new Card("CTYPE" + axis, types[axis - 1], ""));
      cards.add(new Card("CRVAL" + axis, 20.0, ""));
      cards.add(new Card("CRPIX" + axis, 5.0, ""));
      cards.add(new Card("CDELT" + axis, 0.01, ""));
    }
    Path file = folder.resolve("image.fits");
    FitsFile.write(file, new Image(9, 9, new double[81]), cards);
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "RA---COE, DEC--COE, projection=COE",
    "RA---TAN, DEC--SIN, projection=TAN and SIN",
    "RA, DEC, projection=none",
    "HPLN-TAN, HPLT-TAN, has no celestial coordinates",
    "HLON-TAN, HLAT-TAN, system CTYPE=HLON-TAN",
    "RA---TNX, DEC--TNX, projection=TNX"
  })
  void frameWithoutPositionsIsNamed(String first, String second, String expected) {
    String message = refused(fits(first, second), 20, 20);
    assertTrue(message.contains(expected), message);
    assertTrue(message.contains("omit the position"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "TAN-SIP, A_2_0, 1e-6, distortion=SIP",
    "TPV, PV1_5, 1e-3, distortion=TPV",
    "TAN, PV1_7, 1e-3, distortion=PV under TAN",
    "TAN-SIP, A_2_0, 0, ",
    "TPV, PV1_1, 1, ",
    "TAN, PV1_5, 0, "
  })
  void distortionIsNamedUnlessItDoesNothing(
      String code, String key, double value, String expected) {
    Path file = fits("RA---" + code, "DEC--" + code, new Card(key, value, ""));
    if (expected == null) {
      assertEquals(9, reduce(file, around(20, 20)).image().width());
    } else {
      String message = refused(file, 20, 20);
      assertTrue(message.contains(expected), message);
    }
    assertEquals(36, reduce(file, Framing.NONE).frame().orElseThrow().arcsecPerPixel(), 1e-9);
  }

  @Test
  void oppositeHalfOfTheSkyIsNamed() {
    String message = refused(fits("RA---TAN", "DEC--TAN"), 200, -20);
    assertTrue(message.contains("a part of the sky that its projection does not show"), message);
  }

  private Path whole(String name, String first, String second, double... crval) {
    List<Card> cards = new ArrayList<>();
    String[] types = {first, second};
    for (int axis = 1; axis <= 2; axis++) {
      cards.add(new Card("CTYPE" + axis, types[axis - 1], ""));
      cards.add(new Card("CRVAL" + axis, crval[axis - 1], ""));
      cards.add(new Card("CRPIX" + axis, 5.0, ""));
      cards.add(new Card("CDELT" + axis, 0.01, ""));
    }
    Path file = folder.resolve(name);
    double[] pixels = new double[81];
    Arrays.fill(pixels, 1);
    FitsFile.write(file, new Image(9, 9, pixels), cards);
    return file;
  }

  /** The galactic position is that of the ICRS one by astropy 5.2.1. */
  @Test
  void mapInAnotherSystemLiesOverItsImage() {
    Path image = whole("icrs.fits", "RA---TAN", "DEC--TAN", 192.381394771, 11.434683544);
    Path map = whole("galactic.fits", "GLON-TAN", "GLAT-TAN", 301.2, 74.3);
    Observation.Files files = new Observation.Files(image, Optional.of(map), Optional.empty(), 1);
    assertEquals(0, Observation.read(files, note -> {}).unexposed());
  }
}
