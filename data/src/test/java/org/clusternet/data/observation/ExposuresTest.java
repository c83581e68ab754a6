package org.clusternet.data.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleBinaryOperator;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.event.EventSelection;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.image.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sums of exposures whose surface brightness is known in closed form: a sky of constant or
 * beta-model brightness seen by detectors of other scales, places and turns.
 */
class ExposuresTest {
  private static final double RA = 150;
  private static final double DEC = 2;
  private static final double ARCSEC = 1 / 3600.0;

  @TempDir private Path folder;

  /** A detector: pixels of this many arcsec, turned, its centre pixel off the source. */
  private record Detector(String name, int side, double scale, double turn, double off) {
    List<Card> cards() {
      double cos = Math.cos(Math.toRadians(turn)) * scale * ARCSEC;
      double sin = Math.sin(Math.toRadians(turn)) * scale * ARCSEC;
      List<Card> cards = new ArrayList<>();
      cards.add(new Card("CTYPE1", "RA---TAN", ""));
      cards.add(new Card("CTYPE2", "DEC--TAN", ""));
      cards.add(new Card("CRVAL1", RA, ""));
      cards.add(new Card("CRVAL2", DEC, ""));
      cards.add(new Card("CRPIX1", side / 2.0 + off, ""));
      cards.add(new Card("CRPIX2", side / 2.0 - off, ""));
      cards.add(new Card("CD1_1", -cos, ""));
      cards.add(new Card("CD1_2", sin, ""));
      cards.add(new Card("CD2_1", sin, ""));
      cards.add(new Card("CD2_2", cos, ""));
      cards.add(new Card("BUNIT", "count", ""));
      return cards;
    }

    /** The image of a function of the distance from the source in arcsec and of the column. */
    Image image(DoubleBinaryOperator value) {
      double[] pixels = new double[side * side];
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          double r = Math.hypot(x + 1 - side / 2.0 - off, y + 1 - side / 2.0 + off) * scale;
          pixels[y * side + x] = value.applyAsDouble(r, x);
        }
      }
      return new Image(side, side, pixels);
    }
  }

  private static final List<Detector> DETECTORS =
      List.of(
          new Detector("mos1", 60, 4, 0, 0),
          new Detector("mos2", 90, 4, 35, 2.3),
          new Detector("pn", 130, 3, -110, -7.6));

  private Observation.Files write(Detector detector, DoubleBinaryOperator brightness, double time) {
    double area = detector.scale() * detector.scale();
    // A gap of three columns, and an exposure that falls outwards.
    DoubleBinaryOperator exposure =
        (r, x) -> Math.abs(x - detector.side() / 3.0) < 2 ? 0 : time * (1 - r / 2000);
    double dark = 0.3 * area;
    Path counts = folder.resolve(detector.name() + ".fits");
    Path map = folder.resolve(detector.name() + "_exp.fits");
    Path background = folder.resolve(detector.name() + "_bkg.fits");
    FitsFile.write(
        counts,
        detector.image(
            (r, x) -> {
              double e = exposure.applyAsDouble(r, x);
              return e > 0 ? brightness.applyAsDouble(r, x) * area * e + dark : 0;
            }),
        detector.cards());
    FitsFile.write(map, detector.image(exposure), detector.cards());
    FitsFile.write(background, detector.image((r, x) -> dark), detector.cards());
    return new Observation.Files(counts, Optional.of(map), Optional.of(background), 1);
  }

  private Observation.Files write(DoubleBinaryOperator brightness) {
    List<Observation.Files> parts = new ArrayList<>();
    for (Detector detector : DETECTORS) {
      parts.add(write(detector, brightness, 100 + 50 * parts.size()));
    }
    return parts.get(0).with(parts.subList(1, parts.size()));
  }

  private static double[] brightness(Observation.Files files) {
    Observation observation = Observation.read(files, note -> {});
    return Reduced.of(observation, Framing.NONE, ImageScale.UNKNOWN).image().pixels();
  }

  @Test
  void constantSurfaceBrightnessStaysConstantAcrossGapsAndTurns() {
    // Files hold 32-bit floats: seven digits.
    for (double pixel : brightness(write((r, x) -> 2))) {
      assertEquals(2 * 16, pixel, 2e-5);
    }
  }

  @Test
  void clusterInThreeDetectorsLooksLikeInOne() {
    DoubleBinaryOperator beta = (r, x) -> Math.pow(1 + r * r / (40 * 40), -1.5);
    double[] pixels = brightness(write(beta));
    double[] expected = DETECTORS.get(0).image((r, x) -> 16 * beta.applyAsDouble(r, x)).pixels();
    for (int i = 0; i < pixels.length; i++) {
      // Pixels of 4 arcsec in a core of 40 that are averaged with their neighbours.
      assertEquals(expected[i], pixels[i], 0.01 * 16);
    }
  }

  @Test
  void countsKeepTheirSum() {
    Detector small = new Detector("small", 20, 3, 63, 0.4);
    Observation.Files one = write(DETECTORS.get(0), (r, x) -> 1, 100);
    Observation.Files two = write(small, (r, x) -> 1, 100);
    Observation first = Observation.read(one, note -> {});
    // Edge pixels that the one barely covers keep their photons only if all exposures count.
    Observation sum = Observation.read(one.with(List.of(two)).exposedFrom(0), note -> {});
    double added = sum(Observation.read(two, note -> {}).light());
    assertTrue(added > 1000);
    assertEquals(sum(first.light()) + added, sum(sum.light()), 1e-6 * sum(first.light()));
    assertEquals(first.noise(), sum.noise());
  }

  private static double sum(Image image) {
    double sum = 0;
    for (double pixel : image.pixels()) {
      sum += Double.isNaN(pixel) ? 0 : pixel;
    }
    return sum;
  }

  @Test
  void withoutExposureMapsOnlyPixelsThatAllCoverHaveAValue() {
    Detector half = new Detector("half", 30, 4, 0, -10);
    List<Observation.Files> bare = new ArrayList<>();
    for (Detector detector : List.of(DETECTORS.get(0), half)) {
      Path image = write(detector, (r, x) -> 1, 1).image();
      bare.add(new Observation.Files(image, Optional.empty(), Optional.empty(), 1));
    }
    Observation sum = Observation.read(bare.get(0).with(bare.subList(1, 2)), note -> {});
    assertEquals(60 * 60 - 30 * 30, sum.nonFinite());
  }

  @Test
  void mapsMustBeGivenForAllOrNone() {
    Observation.Files one = write(DETECTORS.get(0), (r, x) -> 1, 1);
    Observation.Files two =
        new Observation.Files(
            write(DETECTORS.get(1), (r, x) -> 1, 1).image(), Optional.empty(), Optional.empty(), 1);
    String message = message(() -> Observation.read(one.with(List.of(two)), note -> {}));
    assertTrue(
        message.contains("mos2.fits: exposure=none, but exposure=given for ")
            && message.endsWith("give such maps for all of them or for none"),
        message);
  }

  @Test
  void imageWithoutCoordinatesIsRefused() {
    Observation.Files one = write(DETECTORS.get(0), (r, x) -> 1, 1);
    Path bare = folder.resolve("bare.fits");
    FitsFile.write(bare, DETECTORS.get(0).image((r, x) -> 1), List.of());
    Observation.Files two = new Observation.Files(bare, one.exposure(), one.background(), 1);
    String message = message(() -> Observation.read(one.with(List.of(two)), note -> {}));
    assertTrue(message.startsWith(bare + ": has no celestial coordinates"), message);
  }

  private static String message(Executable call) {
    return String.valueOf(assertThrows(DataException.class, call).getMessage());
  }

  private List<CatalogEntry> importTable(String out, String... rows) throws IOException {
    Path table = folder.resolve(out + ".csv");
    String header = "cluster_id,source,file,exposure,background,label,redshift,ra\n";
    Files.writeString(table, header + String.join("\n", rows), StandardCharsets.UTF_8);
    Framing whole = new Framing(Optional.empty(), Optional.empty(), OptionalInt.empty());
    ImageImporter.Options options =
        new ImageImporter.Options(whole, 1, Observation.MIN_EXPOSURE, 1, EventSelection.DEFAULT);
    return ImageImporter.run(table, folder.resolve(out), options, BatchProgress.NONE).entries();
  }

  @Test
  void rowsOfOneSourceBecomeOneImage() throws IOException {
    write((r, x) -> 2);
    List<CatalogEntry> entries =
        importTable(
            "sum",
            "A1,a,mos1.fits,mos1_exp.fits,mos1_bkg.fits,CC,0.2,",
            "A2,,mos1.fits,mos1_exp.fits,mos1_bkg.fits,NCC,0.3,",
            "A1,a,mos2.fits,mos2_exp.fits,mos2_bkg.fits,,,",
            "A1,a,pn.fits,pn_exp.fits,pn_bkg.fits,,0.20,");
    assertEquals(List.of("A1", "A2"), entries.stream().map(CatalogEntry::clusterId).toList());
    assertEquals(CoreType.CC, entries.get(0).label());
    double[] pixels = FitsFile.read(folder.resolve("sum").resolve(entries.get(0).file())).pixels();
    for (double pixel : pixels) {
      assertEquals(32, pixel, 1e-4);
    }
  }

  @Test
  void rowsOfOneSourceThatDisagreeAreRefusedByName() {
    write((r, x) -> 2);
    String message =
        message(() -> importTable("bad", "A1,a,mos1.fits,,,CC,0.2,", "A1,a,pn.fits,,,CC,0.3,"));
    assertTrue(
        message.contains(
            "source=a has redshift=0.2 and redshift=0.3; the exposures of one source must agree"),
        message);
  }
}
