package org.clusternet.data.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.Catalog;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.event.EventSelection;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.Image;
import org.clusternet.data.observation.Framing;
import org.clusternet.data.observation.ImageImporter;
import org.clusternet.data.observation.Observation;
import org.clusternet.data.projection.SkyGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservingRangesTest {
  private static final int SIZE = 32;

  @TempDir Path folder;

  private static DrawRange range(String text) {
    return DrawRange.parse("value", text);
  }

  private static Simulator.Options options(ObservingRanges observing, boolean maps) {
    return new Simulator.Options(2, new SkyGrid(SIZE, 32), ClassMix.NATIVE, 3, 2, observing, maps);
  }

  @Test
  void everyImageDrawsConditionsOfItsOwn() {
    ObservingRanges ranges =
        new ObservingRanges(range("300..1e5"), range("1..40"), range("0.1..1"), range("0.3..1"));
    Set<Observing> drawn = new HashSet<>();
    for (int cluster = 0; cluster < 10; cluster++) {
      for (int axis = 0; axis < 3; axis++) {
        Observing first = ranges.draw(7, cluster, axis);
        assertEquals(first, ranges.draw(7, cluster, axis));
        drawn.add(first);
      }
    }
    assertEquals(30, drawn.size());
    assertNotEquals(ranges.draw(7, 0, 0), ranges.draw(8, 0, 0));
  }

  @Test
  void fixingOneQuantityLeavesTheOthersAsTheyWere() {
    DrawRange counts = range("300..1e5");
    Observing both =
        new ObservingRanges(counts, range("1..40"), range("0"), range("1")).draw(7, 0, 0);
    Observing one = new ObservingRanges(counts, range("10"), range("0"), range("1")).draw(7, 0, 0);
    assertEquals(both.counts(), one.counts());
    assertEquals(10, one.psf());
  }

  @Test
  void keywordsStateTheConditionsThatWereDrawn() {
    ObservingRanges ranges =
        new ObservingRanges(range("300..1e5"), range("1..40"), range("0.1..1"), range("0.3..0.9"));
    Simulator.run(folder.resolve("out"), options(ranges, false), BatchProgress.NONE);
    int cluster = 1;
    int axis = 2;
    Observing expected = ranges.draw(3, cluster, axis);
    Path file = folder.resolve("out/images/sim00001_z.fits");
    assertKeyword(expected.counts(), file, "COUNTS");
    assertKeyword(expected.psf(), file, "PSFFWHM");
    assertKeyword(expected.background(), file, "BACKGRND");
    assertKeyword(expected.vignetting(), file, "VIGNETT");
  }

  /** The library writes 16 digits. */
  private static void assertKeyword(double expected, Path file, String key) {
    double value = FitsFile.open(file).keywords().number(key).orElseThrow();
    assertEquals(expected, value, 1e-14 * expected, key);
  }

  /** The table of the maps, through import-images, against (counts - b) / v^(x^2 + y^2). */
  @Test
  void importSubtractsAndDividesByTheMaps() {
    Path out = folder.resolve("out");
    double background = 0.5;
    double edge = 0.4;
    ObservingRanges ranges = ObservingRanges.fixed(new Observing(4000, 30, background, edge));
    Simulator.run(out, options(ranges, true), BatchProgress.NONE);
    Path reduced = folder.resolve("reduced");
    Framing framing = new Framing(Optional.empty(), Optional.empty(), OptionalInt.empty());
    ImageImporter.run(
        out.resolve(ObservationMaps.TABLE),
        reduced,
        new ImageImporter.Options(framing, 1, Observation.MIN_EXPOSURE, 1, EventSelection.DEFAULT),
        BatchProgress.NONE);
    Catalog counted = Catalog.read(out);
    Catalog imported = Catalog.read(reduced);
    assertEquals(6, imported.entries().size());
    for (int i = 0; i < 6; i++) {
      CatalogEntry entry = imported.entries().get(i);
      assertEquals(counted.entries().get(i).tCoolGyr(), entry.tCoolGyr());
      assertEquals(32, entry.scale().kpcPerPixel().orElseThrow());
      Image counts = FitsFile.read(counted.path(counted.entries().get(i)));
      Image image = FitsFile.read(imported.path(entry));
      double half = SIZE / 2.0;
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          double square =
              Math.pow((x + 0.5 - half) / half, 2) + Math.pow((y + 0.5 - half) / half, 2);
          double expected = (counts.at(x, y) - background) / Math.pow(edge, square);
          assertEquals(expected, image.at(x, y), 1e-6 * Math.abs(expected), "x=" + x + " y=" + y);
        }
      }
    }
  }

  @Test
  void refusesImpossibleRanges() {
    assertEquals(
        "observing: counts=0.0..10.0; its lower end must be above 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new ObservingRanges(range("0..10"), range("0"), range("0"), range("1")))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new ObservingRanges(range("0"), range("0"), range("0..1"), range("1")));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ObservingRanges(range("9"), range("0"), range("0"), range("0.5..1.5")));
    assertEquals(
        "simulator: maps of exposure and background need photons; set counts above 0",
        assertThrows(IllegalArgumentException.class, () -> options(ObservingRanges.NONE, true))
            .getMessage());
  }
}
