package org.clusternet.data.observation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.Catalog;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.dataset.Dataset;
import org.clusternet.data.dataset.UsableClusters;
import org.clusternet.data.event.EventSelection;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.image.SourceImage;
import org.clusternet.data.io.CsvFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageImporterTest {
  @TempDir Path folder;

  @BeforeEach
  void images() {
    double[] pixels = new double[64];
    double[] exposure = new double[64];
    for (int i = 0; i < 64; i++) {
      pixels[i] = i;
      exposure[i] = i < 8 ? 0 : 2;
    }
    pixels[63] = Double.NaN;
    List<Card> scale = List.of(new Card("PIXKPC", 2.0, ""), new Card("R500", 900.0, ""));
    FitsFile.write(folder.resolve("a.fits"), new Image(8, 8, pixels), scale);
    FitsFile.write(folder.resolve("b.fits.gz"), new Image(8, 8, pixels), List.of());
    FitsFile.write(folder.resolve("e.fits"), new Image(8, 8, exposure), List.of());
  }

  private ImageImporter.Result run(String out, @Nullable String scale, String... rows)
      throws IOException {
    Path table = folder.resolve("table.csv");
    Files.writeString(table, String.join("\n", rows) + "\n");
    Framing framing =
        new Framing(
            Optional.ofNullable(scale).map(PixelScale::parse),
            Optional.empty(),
            OptionalInt.empty());
    int threads = out.equals("one") ? 1 : 3;
    return ImageImporter.run(
        table,
        folder.resolve(out),
        new ImageImporter.Options(
            framing, 1, Observation.MIN_EXPOSURE, threads, EventSelection.DEFAULT),
        BatchProgress.NONE);
  }

  @Test
  void aTableBecomesADataset() throws IOException {
    String[] rows = {
      "cluster_id,file,label,exposure,redshift,kpc_per_pixel,r500_kpc",
      "A 85,a.fits,CC,e.fits,0.055,,",
      "A2142,b.fits.gz,wcc,,,1,1300"
    };
    ImageImporter.Result result = run("one", "4kpc", rows);
    assertEquals(2, result.nonFinite());
    assertEquals(8, result.unexposed());
    List<CatalogEntry> entries = Catalog.read(folder.resolve("one")).entries();
    assertEquals(result.entries(), entries);
    CatalogEntry first = entries.get(0);
    assertEquals("A 85", first.clusterId());
    assertEquals("sky", first.projection());
    assertEquals(CoreType.CC, first.label());
    assertEquals(OptionalDouble.of(4), first.scale().kpcPerPixel());
    assertEquals(OptionalDouble.of(900), first.scale().r500());
    assertEquals(OptionalDouble.of(0.055), first.scale().redshift());
    SourceImage image = FitsFile.open(folder.resolve("one").resolve(first.file()));
    assertEquals(4, image.image().width());
    // Row 0 was not exposed, so that row 1 alone counts: (8 + 9) / 2 photons in 2 s.
    assertEquals(17 / 4.0, image.image().at(0, 0), 1e-6);
    assertEquals(OptionalDouble.of(4), image.keywords().number("PIXKPC"));
    assertEquals(OptionalDouble.of(900), image.keywords().number("R500"));
    assertEquals(2, FitsFile.read(folder.resolve("one").resolve(entries.get(1).file())).width());
    run("three", "4kpc", rows);
    for (String file : List.of("catalog.csv", first.file(), entries.get(1).file())) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("one").resolve(file)),
          Files.readAllBytes(folder.resolve("three").resolve(file)));
    }
    Dataset dataset =
        Dataset.load(folder.resolve("one"), new Preprocessing(2, 2), 1, (done, total) -> {});
    assertEquals(2, dataset.size());
  }

  /** A flat image of 3 with a source of 90 in two pixels, which the row's regions name. */
  @Test
  void sourcesOfARowAreFilled() throws IOException {
    double[] pixels = new double[64];
    Arrays.fill(pixels, 3);
    pixels[9] = 90;
    pixels[10] = 90;
    FitsFile.write(folder.resolve("s.fits"), new Image(8, 8, pixels), List.of());
    Files.writeString(folder.resolve("s.reg"), "image; box(2.5,2,2,1)\n");
    ImageImporter.Result result =
        run("masked", null, "cluster_id,file,label,mask", "S,s.fits,CC,s.reg");
    Path file = folder.resolve("masked").resolve(result.entries().get(0).file());
    SourceImage image = FitsFile.open(file);
    assertTrue(Arrays.stream(image.image().pixels()).allMatch(v -> v == 3));
    assertEquals(Optional.of(true), Optional.ofNullable(image.keywords().values().get("SRCMASK")));
    assertEquals(
        List.of(
            folder.resolve("s.fits")
                + ": "
                + folder.resolve("s.reg")
                + ": regions=1 masked pixels=2"),
        result.notes());
    assertEquals(
        folder.resolve("no.reg") + ": no such file; check the path",
        run("partly", null, "cluster_id,file,label,mask", "S,s.fits,CC,s.reg", "T,s.fits,CC,no.reg")
            .failures()
            .get(0)
            .reason());
  }

  private ImageImporter.Result cut(String out, int size, String... rows) throws IOException {
    Path table = folder.resolve("table.csv");
    Files.writeString(table, String.join("\n", rows) + "\n");
    Framing framing =
        new Framing(Optional.of(PixelScale.parse("2kpc")), Optional.empty(), OptionalInt.of(size));
    return ImageImporter.run(
        table,
        folder.resolve(out),
        new ImageImporter.Options(framing, 1, Observation.MIN_EXPOSURE, 2, EventSelection.DEFAULT),
        BatchProgress.NONE);
  }

  @Test
  void aBadImageCostsItsOwnRow() throws IOException {
    Files.writeString(folder.resolve("text.fits"), "no FITS");
    String header = "cluster_id,file,label,kpc_per_pixel";
    // Of 10 x 10 pixels of 2 kpc the 8 x 8 image, with one NaN, covers 63.
    ImageImporter.Result result =
        cut("out", 10, header, "T,text.fits,CC,2", "A,a.fits,CC,2", "N,no.fits,CC,2");
    assertEquals(1, result.entries().size());
    assertEquals(
        List.of(folder.resolve("a.fits") + ": the image covers only 63 % of the field"),
        result.notes());
    List<CsvFile.Row> failed = CsvFile.read(folder.resolve("out/failed.csv"), "error");
    assertEquals(List.of("T", "N"), failed.stream().map(row -> row.get("cluster_id")).toList());
    assertEquals("no.fits", failed.get(1).get("file"));
    assertTrue(failed.get(1).get("error").contains("no.fits: no such file"));
    assertEquals(
        result.failures().stream().map(UsableClusters.Failure::reason).toList(),
        failed.stream().map(row -> row.get("error")).toList());
    assertEquals(1, Catalog.read(folder.resolve("out")).entries().size());
  }

  @Test
  void aFieldThatTheImageHardlyCoversIsRefused() throws IOException {
    String header = "cluster_id,file,label,kpc_per_pixel";
    // 15 x 15 pixels: 63 of 225, which is 28 %.
    String message =
        assertThrows(DataException.class, () -> cut("out", 15, header, "A,a.fits,CC,2"))
            .getMessage();
    assertTrue(
        message.startsWith(
            folder.resolve("a.fits") + ": the image covers 28 % of the field (15 x 15 pixels)"),
        message);
    assertFalse(Files.exists(folder.resolve("out")));
    assertEquals(1, cut("out", 14, header, "A,a.fits,CC,2").entries().size());
  }

  private String error(String... rows) {
    return assertThrows(DataException.class, () -> run("bad", null, rows)).getMessage();
  }

  @Test
  void badTablesAreNamedByLine() {
    String header = "cluster_id,file,label,ra,dec,redshift";
    String message = error(header, "A,a.fits,CC,1,,", "B,,CC,,,", "C,a.fits,,,,", "D,a.fits,X,,,");
    assertTrue(message.contains("table.csv:2: only one of ra and dec is given"), message);
    assertTrue(message.contains("table.csv:3: file is empty"), message);
    assertTrue(message.contains(":4: neither t_cool_gyr nor label is given"), message);
    assertTrue(message.endsWith("| and 1 more rows"), message);
    message = error(header, "A,a.fits,CC,,,", "A,b.fits.gz,CC,,,");
    assertTrue(message.contains(":3: cluster_id=A projection=sky is a duplicate"), message);
    assertTrue(error(header, "A,a.fits,CC,,,far").contains("redshift=far is not a number"));
    assertTrue(error(header, "A,a.fits,CC,,,-1").contains("redshift=-1.0 is not a finite number"));
    assertTrue(error(header, "A,a.fits,CC,370,0,").contains("ra=370.0"));
    assertTrue(error(header, "A,no.fits,CC,,,").contains("no.fits: no such file"));
    assertTrue(error(header).contains("has no rows"));
    assertFalse(Files.exists(folder.resolve("bad")));
  }
}
