package org.clusternet.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clusternet.data.DataException;
import org.clusternet.data.SharedData;
import org.clusternet.data.event.EventBand;
import org.clusternet.data.event.EventSelection;
import org.clusternet.data.region.Ds9Regions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Event lists in the structure of four missions against what astropy and numpy make of them (see
 * make_events.py), and tables laid byte by byte.
 */
class EventImagesTest {
  private static final Path FIXTURES =
      Path.of("src/test/resources/org/clusternet/data/event").toAbsolutePath();
  private static final EventSelection EVERYTHING =
      new EventSelection(Optional.of(EventBand.ALL), OptionalDouble.of(1), false);

  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"chandra.fits.gz", "xmm.fits.gz", "rosat.fits.gz", "erosita.fits.gz"})
  void countsAreThoseOfNumpy(String name) throws IOException {
    Image image = read(FIXTURES.resolve(name), EventSelection.DEFAULT).image();
    double[] expected = new double[image.pixels().length];
    for (String[] row : rows("counts.csv", name)) {
      expected[Integer.parseInt(row[2]) * image.width() + Integer.parseInt(row[1])] =
          Double.parseDouble(row[3]);
    }
    assertArrayEquals(expected, image.pixels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"chandra.fits.gz", "xmm.fits.gz", "rosat.fits.gz", "erosita.fits.gz"})
  void placesAreThoseOfAstropy(String name) throws IOException {
    SourceImage source = read(FIXTURES.resolve(name), EventSelection.DEFAULT);
    SkyFrame frame = SkyFrame.of(source.keywords()).orElseThrow();
    for (String[] row : rows("places.csv", name)) {
      double[] pixel =
          frame.pixelOf(Double.parseDouble(row[1]), Double.parseDouble(row[2])).orElseThrow();
      assertEquals(Double.parseDouble(row[3]), pixel[0], 1e-3);
      assertEquals(Double.parseDouble(row[4]), pixel[1], 1e-3);
    }
  }

  @Test
  void keywordsOfTheObservationAreKeptAndThoseOfTheTableAreNot() {
    FitsKeywords keywords =
        read(FIXTURES.resolve("chandra.fits.gz"), EventSelection.DEFAULT).keywords();
    assertEquals(985.5, keywords.number("EXPOSURE").orElseThrow());
    assertEquals("A 9999", keywords.text("OBJECT").orElseThrow());
    assertEquals("count", keywords.text("BUNIT").orElseThrow());
    assertFalse(
        keywords.values().keySet().stream().anyMatch(k -> k.matches("T[A-Z]+\\d+|NAXIS.*")));
  }

  @Test
  void logTellsBandColumnUnitGoodTimesAndPixels() {
    read(FIXTURES.resolve("chandra.fits.gz"), EventSelection.DEFAULT);
    String line = notes.get(notes.size() - 1);
    assertTrue(line.startsWith("HDU 1 EVENTS: 400 events; 0.5-7 keV by energy (eV): "), line);
    assertTrue(
        line.contains("good times of GTI and others: 600 s (each of CCDs=2 by its own)"), line);
    assertTrue(line.contains("2048 x 2048 pixels, bin=4.0 (1.97 arcsec)"), line);
  }

  /** Chandra's X and Y begin at 0.5; in bins of 4 the pixel 10 from 0 is X from 40.5 to 44.5. */
  @Test
  void physicalCoordinatesOfRegionsAreTheColumns() throws IOException {
    SourceImage source = read(FIXTURES.resolve("chandra.fits.gz"), EventSelection.DEFAULT);
    Path regions = folder.resolve("ciao.reg");
    Files.writeString(regions, "rotbox(42.5,82.5,3.9,3.9,0)\n");
    int width = source.image().width();
    boolean[] mask =
        Ds9Regions.read(regions).mask(source.keywords(), width, source.image().height());
    for (int i = 0; i < mask.length; i++) {
      assertEquals(i == 20 * width + 10, mask[i]);
    }
  }

  @Test
  void bandOfChannelsAndBinAreTaken() {
    EventSelection selection =
        new EventSelection(
            Optional.of(EventBand.channels("0-32767")), OptionalDouble.of(80), false);
    Image image = read(FIXTURES.resolve("xmm.fits.gz"), selection).image();
    assertEquals(648, image.width());
    assertEquals(396, sum(image)); // 400 less the four without a place
  }

  @Test
  void binThatLeavesStripesIsRefused() {
    EventSelection selection = new EventSelection(Optional.empty(), OptionalDouble.of(25.5), true);
    String message = refused(FIXTURES.resolve("xmm.fits.gz"), selection);
    assertTrue(message.contains("bin=25.5 is no whole multiple of the step 1.0"), message);
  }

  @Test
  void binThatMakesTooLargeAnImageIsRefused() {
    EventSelection selection = new EventSelection(Optional.empty(), OptionalDouble.of(1), true);
    String message = refused(FIXTURES.resolve("xmm.fits.gz"), selection);
    assertTrue(message.contains("51840 x 51840 pixels; at most 8192 a side"), message);
  }

  @Test
  void realChandraHeaderIsRead() {
    Path file = SharedData.require("data/events/chandra_time.fits");
    EventSelection selection =
        new EventSelection(Optional.of(EventBand.ALL), OptionalDouble.of(1), true);
    SourceImage source = read(file, selection);
    assertEquals(2, sum(source.image()));
    assertEquals(1, source.image().at((int) (4030.0103 - 0.5), (int) (3415.822 - 0.5)));
    assertEquals(158.53916796181, source.keywords().number("CRVAL1").orElseThrow());
    assertEquals(4096.5, source.keywords().number("CRPIX1").orElseThrow());
  }

  @Test
  void eventListOfTheCaseIsBinned() {
    Path file = SharedData.require("cases/observations/event-list/evt2.fits.gz");
    SourceImage source = read(file, EventSelection.DEFAULT);
    assertTrue(sum(source.image()) > 250);
    assertEquals(0.492, SkyFrame.of(source.keywords()).orElseThrow().arcsecPerPixel(), 1e-3);
    assertTrue(notes.get(0).contains("0.5-7 keV by ENERGY (eV, assumed)"), notes.toString());
  }

  @Test
  void tableWithoutRowsIsRefused() {
    Path file = table(0, "E", "E", "").write(folder.resolve("none.fits"));
    assertTrue(
        refused(file, EVERYTHING)
            .endsWith("HDU 1 EVENTS: has no events (NAXIS2=0); take another file"));
  }

  @Test
  void placesInBitsOrArraysAreRefused() {
    Path bits = table(1, "32X", "E", "").write(folder.resolve("bits.fits"));
    assertTrue(refused(bits, EVERYTHING).contains("column X has TFORM1=32X, but one number a row"));
    Path arrays = table(1, "2E", "E", "").write(folder.resolve("arrays.fits"));
    assertTrue(refused(arrays, EVERYTHING).contains("column X has TFORM1=2E"));
  }

  @Test
  void channelsOfAnUnknownInstrumentAreRefused() {
    Path file = table(1, "E", "E", "PI").write(folder.resolve("unknown.fits"));
    String message = refused(file, EventSelection.DEFAULT);
    assertTrue(
        message.contains(
            "the unit of column PI (TUNIT3=) is not known for TELESCOP= INSTRUME=, so the band"
                + " 0.5-7 keV cannot be chosen; give the channels with --pi, or --energy all"),
        message);
  }

  @Test
  void noEventInTheBandIsRefusedWithTheNumbers() {
    Path file = table(1, "E", "E", "ENERGY").write(folder.resolve("zeros.fits"));
    String message = refused(file, EventSelection.DEFAULT);
    assertTrue(
        message.contains("no event remains: 1 events; 0.5-7 keV by ENERGY (eV, assumed): 0;"),
        message);
  }

  @Test
  void eventsAreCountedInThePixelsOfTheirExposureMap() {
    Path file = FIXTURES.resolve("xmm.fits.gz");
    SourceImage coarse = read(file, wide(OptionalDouble.of(80)));
    SkyFrame frame = SkyFrame.of(coarse.keywords()).orElseThrow();
    Path map = folder.resolve("map.fits");
    // A map of some of the pixels: 300 x 280 from column 200 and row 150.
    Image ones = new Image(300, 280, new double[300 * 280]);
    FitsFile.write(map, ones, frame.resampled(1, 200, 150).cards());
    Image counted = read(file, wide(OptionalDouble.empty()).on(Optional.of(map))).image();
    assertArrayEquals(
        new Regrid(1, 200, 150, 300, 280).apply(coarse.image()).pixels(), counted.pixels());
    assertTrue(sum(counted) > 300);
  }

  @Test
  void mapThatIsTurnedOrHasNoPlaceIsRefused() {
    Path file = FIXTURES.resolve("xmm.fits.gz");
    SkyFrame frame = SkyFrame.of(read(file, wide(OptionalDouble.of(80))).keywords()).orElseThrow();
    double[] m = frame.matrix();
    SkyFrame turned =
        new SkyFrame(
            frame.crpix1(), frame.crpix2(), new double[] {0, m[3], m[0], 0}, frame.carried(), "");
    Path map = folder.resolve("turned.fits");
    Image image = new Image(9, 9, new double[81]);
    FitsFile.write(map, image, turned.cards());
    String message = refused(file, wide(OptionalDouble.empty()).on(Optional.of(map)));
    assertTrue(
        message.startsWith(map + ": its pixels are turned or bent against X and Y of "), message);
    FitsFile.write(map, image, List.of());
    message = refused(file, wide(OptionalDouble.empty()).on(Optional.of(map)));
    assertTrue(message.contains("has no celestial coordinates in common with"), message);
    message = refused(file, wide(OptionalDouble.of(80)).on(Optional.of(map)));
    assertTrue(message.contains("so bin=80.0 has no meaning"), message);
  }

  private static EventSelection wide(OptionalDouble bin) {
    return new EventSelection(Optional.of(EventBand.ALL), bin, false);
  }

  @Test
  void tableIsNamedInBrackets() {
    FitsBytes bytes = table(0, "E", "E", "");
    bytes.table("OTHER", 8, 1, "X", "E", "Y", "E").data(1f, 2f);
    Path file = bytes.write(folder.resolve("two.fits"));
    assertEquals(1, sum(read(folder.resolve("two.fits[other]"), EVERYTHING).image()));
    assertEquals(1, sum(read(folder.resolve("two.fits[2]"), EVERYTHING).image()));
    assertTrue(refused(file, EVERYTHING).contains("HDU 1 EVENTS: has no events"));
  }

  @Test
  void scienceImageComesBeforeEventsAndTheyBeforeAnExposureMap() {
    for (String name : new String[] {"SCI", "EXPOSURE"}) {
      FitsBytes bytes = table(3, "E", "E", "").extension(name, -32, 1, 1).data(7f);
      Path file = bytes.write(folder.resolve(name + ".fits"));
      assertEquals(name.equals("SCI") ? 7 : 3, sum(read(file, EVERYTHING).image()), name);
    }
  }

  @Test
  void truncatedTableIsRefused() throws IOException {
    byte[] whole = table(1000, "E", "E", "").bytes();
    Path file = folder.resolve("cut.fits");
    for (int length : new int[] {whole.length - 5760, 5760 + 8}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertTrue(refused(file, EVERYTHING).contains("truncated FITS file"));
    }
  }

  @Test
  void goodTimesWithoutAColumnOfTimesAreRefusedByName() {
    FitsBytes bytes = table(1, "E", "E", "");
    bytes.table("GTI", 16, 1, "START", "D", "STOP", "D").data(new double[] {0, 1});
    Path file = bytes.write(folder.resolve("timeless.fits"));
    String message = refused(file, EventSelection.DEFAULT);
    assertTrue(message.contains("has no column TIME"), message);
    assertEquals(1, sum(read(file, EVERYTHING).image()));
  }

  /** A table of rows of zeros with columns X, Y and a third. */
  private static FitsBytes table(int rows, String formX, String formY, String third) {
    int[] bytes = {formX.equals("2E") ? 8 : 4, 4, 4};
    FitsBytes file = FitsBytes.primary(8).data(new byte[0]);
    return file.table("EVENTS", 8 + bytes[0], rows, "X", formX, "Y", formY, third, "E")
        .data(new byte[(8 + bytes[0]) * rows]);
  }

  private static double sum(Image image) {
    double sum = 0;
    for (double pixel : image.pixels()) {
      sum += pixel;
    }
    return sum;
  }

  private String refused(Path file, EventSelection selection) {
    return assertThrows(DataException.class, () -> read(file, selection)).getMessage();
  }

  private SourceImage read(Path file, EventSelection selection) {
    return ImageFile.open(file, selection, notes::add);
  }

  private static List<String[]> rows(String table, String name) throws IOException {
    return Files.readAllLines(FIXTURES.resolve(table), StandardCharsets.UTF_8).stream()
        .map(line -> line.split(",", -1))
        .filter(row -> row[0].equals(name))
        .toList();
  }
}
