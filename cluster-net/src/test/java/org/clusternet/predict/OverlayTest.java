package org.clusternet.predict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.clusternet.cli.Checkout;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.image.FitsKeywords;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.LinearAxes;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.image.SkyFrame;
import org.clusternet.data.image.SourceImage;
import org.clusternet.engine.region.Box;
import org.clusternet.inference.Prediction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maps and boxes lie over the original: against the formulae of the standard, done otherwise. */
class OverlayTest {
  private static final double ARCSEC = 1 / 3600.0;

  private static Image blank(int width, int height) {
    return new Image(width, height, new double[width * height]);
  }

  private static InputGrid grid(Image image, Optional<SkyFrame> sky, Preprocessing preprocessing) {
    return InputGrid.of(image, sky, Optional.empty(), preprocessing);
  }

  private static FitsKeywords header(SkyByRotation sky) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("CTYPE1", "RA---TAN");
    values.put("CTYPE2", "DEC--TAN");
    for (int i = 0; i < 2; i++) {
      values.put("CRPIX" + (i + 1), sky.crpix()[i]);
      values.put("CRVAL" + (i + 1), sky.crval()[i]);
    }
    String[] keys = {"CD1_1", "CD1_2", "CD2_1", "CD2_2"};
    for (int i = 0; i < 4; i++) {
      values.put(keys[i], sky.cd()[i]);
    }
    return new FitsKeywords(values);
  }

  private static void assertSame(double[] expected, double[] actual, String what) {
    double cos = Math.cos(Math.toRadians(expected[1]));
    double across = (expected[0] - actual[0]) * cos;
    across -= 360 * Math.rint(across / 360);
    double off = Math.hypot(across, expected[1] - actual[1]);
    assertTrue(off < 1e-3 * ARCSEC, what + " is off by arcsec " + off / ARCSEC);
  }

  private static double[] numbers(String region) {
    Matcher shape = Pattern.compile("\\((.*?)\\)").matcher(region);
    assertTrue(shape.find(), region);
    String[] cells = shape.group(1).split(",");
    double[] values = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      values[i] = Double.parseDouble(cells[i]);
    }
    return values;
  }

  private static Prediction prediction(Box box) {
    return new Prediction(List.of(0.25, 0.5, 0.25), Optional.of(box));
  }

  /**
   * Turned, sheared, near a pole and across ra = 0; a crop of odd margins; finer and coarser: a
   * place of the input is at the same place of the sky as the original's pixel under it.
   */
  @ParameterizedTest
  @CsvSource({
    "101, 90, 64, 64, 55.8, -53.7, -0.004, 0, 0, 0.004",
    "101, 90, 64, 32, 0.01, 10, -0.003, 0.002, 0.0021, 0.0029",
    "64, 64, 64, 96, 200, 89.5, 0.002, 0.0003, -0.0004, 0.0025",
    "300, 77, 75, 50, 120, 0, -0.01, 0, 0.001, 0.01"
  })
  void skyPositionsOfTheInputAreThoseOfTheOriginal(
      int width,
      int height,
      int crop,
      int size,
      double ra,
      double dec,
      double cd11,
      double cd12,
      double cd21,
      double cd22) {
    SkyByRotation sky =
        new SkyByRotation(
            new double[] {40.5, 33}, new double[] {ra, dec}, new double[] {cd11, cd12, cd21, cd22});
    Image image = blank(width, height);
    InputGrid grid = grid(image, SkyFrame.of(header(sky)), new Preprocessing(crop, size));
    double factor = (double) crop / size;
    int left = (width - crop) / 2;
    int bottom = (height - crop) / 2;
    for (double[] place : new double[][] {{0, 0}, {size - 1, 3}, {7, size - 1}, {-0.5, -0.5}}) {
      // An input pixel's centre is (x + 1/2) new pixels from the crop's edge; FITS counts centres
      // from 1.
      double px = left + (place[0] + 0.5) * factor + 0.5;
      double py = bottom + (place[1] + 0.5) * factor + 0.5;
      double[] found = grid.sky().orElseThrow().skyOf(place[0], place[1]).orElseThrow();
      assertSame(sky.at(px, py), found, "x=" + place[0] + " y=" + place[1]);
      double[] back = grid.sky().orElseThrow().pixelOf(found[0], found[1]).orElseThrow();
      assertArrayEquals(place, back, 1e-6, "and back");
    }
    Map<String, Object> cards = new HashMap<>();
    grid.cards().forEach(card -> cards.put(card.key(), card.value()));
    double ltm = (Double) cards.get("LTM1_1");
    double ltv = (Double) cards.get("LTV1");
    assertEquals(left + 0.5 * factor + 0.5, (1 - ltv) / ltm, 1e-9, "physical x of pixel 1");
    Box box = new Box(2, 5, 9, 30);
    double[] corners = numbers(RegionFile.text(prediction(box), grid));
    double[][] pixels = {{2, 5}, {10, 5}, {10, 31}, {2, 31}};
    for (int i = 0; i < 4; i++) {
      double[] expected =
          sky.at(left + pixels[i][0] * factor + 0.5, bottom + pixels[i][1] * factor + 0.5);
      assertSame(expected, new double[] {corners[2 * i], corners[2 * i + 1]}, "corner " + i);
    }
  }

  /** A box over the whole input of an image without a sky is the crop itself, by hand. */
  @Test
  void regionIsInImageCoordinatesWithoutSkyCoordinates() {
    InputGrid grid = grid(blank(100, 80), Optional.empty(), new Preprocessing(64, 32));
    String whole = RegionFile.text(prediction(new Box(0, 0, 31, 31)), grid);
    assertTrue(whole.contains("\nimage\nbox(50.500,40.500,64.000,64.000,0) # "), whole);
    String corner = RegionFile.text(prediction(new Box(0, 0, 0, 0)), grid);
    assertTrue(corner.contains("box(19.500,9.500,2.000,2.000,0)"), corner);
    assertTrue(corner.contains("text={WCC 0.500}"), corner);
  }

  private static FitsKeywords celestial(String projection, Map<String, Object> more) {
    SkyByRotation sky = new SkyByRotation(new double[2], new double[2], new double[] {-1, 0, 0, 1});
    Map<String, Object> values = new HashMap<>(header(sky).values());
    values.put("CTYPE1", "RA---" + projection);
    values.put("CTYPE2", "DEC--" + projection);
    values.putAll(more);
    return new FitsKeywords(values);
  }

  /**
   * DS9's names mean J2000 and B1950; for other equinoxes they would lay the box some hundred
   * pixels away, as DS9 8.4.1 showed.
   */
  @ParameterizedTest
  @CsvSource({
    "RADESYS, ICRS, icrs",
    "RADESYS, FK5, fk5",
    "RADESYS, FK4, fk4",
    "RADESYS, FK4-NO-E, ",
    "RADESYS, GAPPT, ",
    "OBJECT, none, icrs",
    "EQUINOX, 2000, fk5",
    "EQUINOX, 1950, fk4",
    "EPOCH, 1950, fk4",
    "EPOCH, 2000, fk5",
    "EQUINOX, 1975, ",
    "EPOCH, 1975, ",
    "EQUINOX, 1985, "
  })
  void systemIsNamedWhereDs9HasANameForIt(String key, String value, String expected) {
    Object number = value.matches("\\d+") ? Double.valueOf(value) : value;
    FitsKeywords keywords = celestial("TAN", Map.of(key, number));
    SkyFrame frame = SkyFrame.of(keywords).orElseThrow();
    assertEquals(Optional.ofNullable(expected), RegionFile.system(frame));
    InputGrid grid = grid(blank(64, 64), Optional.of(frame), new Preprocessing(64, 64));
    String region = RegionFile.text(prediction(new Box(0, 0, 1, 1)), grid);
    String shape = expected == null ? "image\nbox(1.500,1.500,2.000," : expected + "\npolygon(";
    assertTrue(region.contains("\n" + shape), region);
  }

  /** EPOCH is written as EQUINOX, which readers of today know. */
  @Test
  void epochIsCarriedToTheMaps() {
    SkyFrame frame = SkyFrame.of(celestial("TAN", Map.of("EPOCH", 1950.0))).orElseThrow();
    Map<String, Object> cards = new HashMap<>();
    grid(blank(64, 64), Optional.of(frame), new Preprocessing(64, 32))
        .cards()
        .forEach(card -> cards.put(card.key(), card.value()));
    assertEquals(1950.0, cards.get("EQUINOX"));
  }

  /** A projection that is not known is not guessed at. */
  @ParameterizedTest
  @CsvSource({"COE", "TNX"})
  void regionIsInImageCoordinatesForAnUnknownProjection(String projection) {
    Optional<SkyFrame> frame = SkyFrame.of(celestial(projection, Map.of()));
    InputGrid grid = grid(blank(64, 64), frame, new Preprocessing(64, 64));
    assertTrue(
        RegionFile.text(prediction(new Box(0, 0, 1, 1)), grid)
            .contains("\nimage\nbox(1.500,1.500,2.000,"));
  }

  /** Axes in kpc from the centre: by hand, 3 kpc a pixel, a crop of 64 pixels to 32. */
  @Test
  void mapsCarryLinearAxes() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int axis = 1; axis <= 2; axis++) {
      values.put("CTYPE" + axis, "LINEAR");
      values.put("CUNIT" + axis, "kpc");
      values.put("CRPIX" + axis, 50.5);
      values.put("CRVAL" + axis, 0.0);
      values.put("CDELT" + axis, 3.0);
    }
    Optional<LinearAxes> axes = LinearAxes.of(new FitsKeywords(values));
    InputGrid grid =
        InputGrid.of(blank(100, 80), Optional.empty(), axes, new Preprocessing(64, 32));
    Map<String, Object> cards = new HashMap<>();
    grid.cards().forEach(card -> cards.put(card.key(), card.value()));
    assertEquals("LINEAR", cards.get("CTYPE1"));
    assertEquals("kpc", cards.get("CUNIT2"));
    assertEquals(6.0, cards.get("CDELT1"));
    assertEquals(6.0, cards.get("CDELT2"));
    // The zero of x was at the outer edge 50 of the image, 32 from the crop's, 16 new pixels.
    assertEquals(16.5, cards.get("CRPIX1"));
    // The zero of y, 50, is 42 above the crop's edge at 8.
    assertEquals(21.5, cards.get("CRPIX2"));
  }

  /** A real image: header as it is, the map's file read back by its own keywords. */
  @Test
  void overlaysOfARosatImageLieOverTheImage() throws IOException {
    Path file =
        Checkout.root().resolveSibling("shared").resolve("data/images/rosat_pspc_b_37.fits.gz");
    Assumptions.assumeTrue(Files.exists(file), () -> file + " is not there");
    SourceImage source = FitsFile.open(file);
    SkyByRotation sky =
        new SkyByRotation(
            new double[] {256.5, 256.5},
            new double[] {55.83, -53.73},
            new double[] {-0.00415203, 0, 0, 0.00415203});
    InputGrid grid =
        grid(source.image(), SkyFrame.of(source.keywords()), new Preprocessing(256, 64));
    Box box = new Box(10, 20, 40, 50);
    String region = RegionFile.text(prediction(box), grid);
    assertTrue(region.contains("\nfk5\npolygon("), region);
    double[] corners = numbers(region);
    // 512 pixels, so the crop begins after 128; an input pixel is four old ones.
    double[][] pixels = {{168.5, 208.5}, {292.5, 208.5}, {292.5, 332.5}, {168.5, 332.5}};
    for (int i = 0; i < 4; i++) {
      assertSame(
          sky.at(pixels[i][0], pixels[i][1]),
          new double[] {corners[2 * i], corners[2 * i + 1]},
          "corner " + i);
    }
    Path map = Files.createTempDirectory("overlay").resolve("map.fits");
    List<Card> cards = grid.cards();
    FitsFile.write(map, blank(64, 64), cards);
    SkyFrame written = SkyFrame.of(FitsFile.open(map).keywords()).orElseThrow();
    assertSame(sky.at(168.5, 208.5), written.skyOf(9.5, 19.5).orElseThrow(), "the written map");
    Files.delete(map);
    Files.delete(map.getParent());
  }
}
