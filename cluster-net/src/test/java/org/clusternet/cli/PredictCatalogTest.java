package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.image.Image;
import org.clusternet.data.image.Regrid;
import org.clusternet.data.io.CsvFile;
import org.clusternet.nn.safetensors.SafetensorsFile;
import org.clusternet.nn.safetensors.SafetensorsWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many images in, as many rows out; and the pixels and the place that an image is taken with. */
class PredictCatalogTest {
  @TempDir private static Path folder;
  private static SmallDataset data;
  private static Path model;
  private static Path scaled;
  private static Path field;

  @BeforeAll
  static void train() throws IOException {
    data = new SmallDataset(folder.resolve("data"));
    model = folder.resolve("run/model.safetensors");
    Cli.Result result =
        Cli.train(
            folder.resolve("run"),
            "--data",
            data.path().toString(),
            "--variant",
            "baseline",
            "--central-crop",
            Integer.toString(SmallDataset.SIZE));
    assertEquals(0, result.exit(), result::toString);
    scaled = folder.resolve("scaled.safetensors");
    try (SafetensorsFile file = SafetensorsFile.open(model)) {
      Map<String, String> metadata = new HashMap<>(file.metadata());
      metadata.put("pixel_scale", "7.2arcsec");
      SafetensorsWriter.write(scaled, metadata, file.tensors());
    }
    field = field();
  }

  /** Image 4 in pixels of half the size, 3.6 arcsec, somewhere in a larger field. */
  private static Path field() {
    Image fine = new Regrid(0.5, 0, 0, 80, 80).apply(FitsFile.read(data.file(4)));
    double[] pixels = new double[150 * 150];
    for (int y = 0; y < 80; y++) {
      System.arraycopy(fine.pixels(), 80 * y, pixels, 150 * (y + 60) + 20, 80);
    }
    List<Card> cards = new ArrayList<>();
    cards.add(new Card("CTYPE1", "RA---TAN", ""));
    cards.add(new Card("CTYPE2", "DEC--TAN", ""));
    for (int axis = 1; axis <= 2; axis++) {
      cards.add(new Card("CRPIX" + axis, axis == 1 ? 60.5 : 100.5, ""));
      cards.add(new Card("CRVAL" + axis, axis == 1 ? 207.2 : 26.5, ""));
      cards.add(new Card("CDELT" + axis, axis == 1 ? -0.001 : 0.001, ""));
    }
    Path file = folder.resolve("field.fits");
    FitsFile.write(file, new Image(150, 150, pixels), cards);
    return file;
  }

  private static Cli.Result run(Path trained, String out, Object... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("predict", "--model", trained.toString()));
    arguments.addAll(List.of("--out", folder.resolve(out).toString()));
    Arrays.stream(more).forEach(m -> arguments.add(m.toString()));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private static List<CsvFile.Row> rows(String out) {
    return CsvFile.read(folder.resolve(out).resolve("predictions.csv"), "file");
  }

  private static double[] probabilities(CsvFile.Row row) {
    double[] values = new double[3];
    for (int i = 0; i < 3; i++) {
      values[i] = Double.parseDouble(row.get(List.of("p_cc", "p_wcc", "p_ncc").get(i)));
    }
    return values;
  }

  @Test
  void everyRowOfACatalogueHasARow() throws IOException {
    Path table = folder.resolve("table.csv");
    Files.writeString(
        table,
        """
        file,id,redshift,ra,dec,exposure
        data/images/c0.fits,first,0.1,,,
        no.fits,second,,,,
        data/images/c1.fits,third,far,,,
        data/images/c2.fits,fourth,,10,,
        ,fifth,,,,
        field.fits,sixth,,207.2,26.5,
        data/images/c3.fits,seventh,,,,data/images/c3.fits
        """);
    Cli.Result result = run(model, "rows", "--catalog", table, "--json");
    assertEquals(1, result.exit(), result::toString);
    assertTrue(result.err().endsWith("images without an answer=5 of 7\n"), result::err);
    List<CsvFile.Row> rows = rows("rows");
    assertEquals(
        List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh"),
        rows.stream().map(row -> row.get("id")).toList());
    assertEquals(folder.resolve("data/images/c1.fits").toString(), rows.get(2).get("file"));
    List<String> errors = rows.stream().map(row -> row.get("error")).toList();
    assertEquals("", errors.get(0) + errors.get(5));
    assertTrue(errors.get(1).contains("no.fits: no such file"), errors::toString);
    assertTrue(
        errors.get(2).contains("table.csv:4: redshift=far is not a number"), errors::toString);
    assertTrue(errors.get(3).contains(":5: only one of ra and dec is given"), errors::toString);
    assertTrue(errors.get(4).contains(":6: file is empty"), errors::toString);
    assertTrue(errors.get(6).contains("has no contrast"), "divided by itself: " + errors);
    assertEquals("0.10000000", rows.get(0).get("redshift"));
    assertEquals(207.2, Double.parseDouble(rows.get(5).get("ra")), 1e-3);
    JsonNode json = new ObjectMapper().readTree(result.out());
    assertEquals(7, json.size());
    assertEquals(rows.get(0).get("class"), json.get(0).get("class").asText());
    assertTrue(json.get(0).get("p_cc").isNumber() && json.get(0).get("error").isNull());
    assertTrue(json.get(1).get("p_cc").isNull() && json.get(1).get("covered").isNull());
    assertEquals(errors.get(1), json.get(1).get("error").asText());
  }

  @Test
  void foldersAndPatternsAreTheirImages() throws IOException {
    Path images = data.file(0).getParent();
    assertEquals(0, run(model, "folder", images).exit());
    assertEquals(0, run(model, "pattern", images.getParent() + "/im*/c[0-8].f?ts").exit());
    assertEquals(9, rows("folder").size());
    assertEquals(
        Files.readString(folder.resolve("folder/predictions.csv")),
        Files.readString(folder.resolve("pattern/predictions.csv")));
    Cli.Result nothing = run(model, "nothing", images + "/x*.fits");
    assertEquals(2, nothing.exit());
    assertTrue(nothing.complaint().contains("x*.fits: no file has such a name"), nothing::err);
    Cli.Result empty = run(model, "nothing", data.path());
    assertEquals(2, empty.exit());
    assertTrue(empty.complaint().contains("has no FITS, NPY or PNG files"), empty::err);
    Cli.Result both = run(model, "nothing", images, "--catalog", data.catalog());
    assertTrue(both.complaint().contains("IMAGE and --catalog exclude each other"), both::err);
    Cli.Result column = run(model, "nothing", "--catalog", data.catalog(), "--redshift", "0.1");
    assertTrue(column.complaint().contains("--redshift is a column of a catalogue"), column::err);
    Cli.Result none = run(model, "nothing");
    assertEquals(2, none.exit());
    assertFalse(Files.exists(folder.resolve("nothing")));
  }

  /** Nobody says at which scale or where the cluster is: the model and the X-ray peak do. */
  @Test
  void theModelsPixelsAndTheXrayPeakAreTheDefault() {
    assertEquals(
        0, run(model, "told", field, "--scale", "7.2arcsec", "--center", "207.2,26.5").exit());
    Cli.Result found = run(scaled, "found", field);
    assertEquals(0, found.exit(), found::toString);
    // The image's middle lies between four pixels, of which its maximum is one.
    assertTrue(found.err().contains("field.fits: X-ray peak at 207.19"), found::err);
    CsvFile.Row row = rows("found").get(0);
    assertArrayEquals(probabilities(rows("told").get(0)), probabilities(row), 2e-2);
    assertEquals(7.2, Double.parseDouble(row.get("arcsec_per_pixel")), 1e-6);
    assertEquals(207.2, Double.parseDouble(row.get("ra")), 0.002);
    assertEquals(26.5, Double.parseDouble(row.get("dec")), 0.002);
    Cli.Result asIs = run(scaled, "as-is", field, "--as-is");
    assertTrue(asIs.err().contains("pixels from the middle of the field, 207.19"), asIs::err);
    assertEquals(3.6, Double.parseDouble(rows("as-is").get(0).get("arcsec_per_pixel")), 1e-6);
    Cli.Result unknown = run(scaled, "unknown", data.file(0));
    assertEquals(0, unknown.exit(), unknown::toString);
    assertTrue(unknown.err().contains("no celestial coordinates; give its scale"), unknown::err);
    assertTrue(rows("unknown").get(0).get("warning").contains("--as-is"), unknown::err);
    Cli.Result silent = run(scaled, "silent", data.file(0), "--as-is");
    assertFalse(silent.err().contains("--as-is"), silent::err);
    Cli.Result two = run(scaled, "two", field, "--as-is", "--scale", "3kpc");
    assertTrue(two.complaint().contains("--as-is and --scale exclude each other"), two::err);
  }

  /** 80 of the 150 pixels have values; of the field in the model's pixels a ninth or a third. */
  @Test
  void aFieldThatIsHardlyCoveredHasNoAnswer() {
    Cli.Result few = run(model, "few", field, "--scale", "40arcsec");
    assertEquals(1, few.exit());
    assertTrue(
        few.complaint().contains(" % of the field (40 x 40 pixels of 40.0arcsec)"), few::err);
    assertFalse(Files.exists(folder.resolve("few")));
    Cli.Result some = run(model, "some", field, "--scale", "18arcsec", "--center", "207.15,26.475");
    assertEquals(0, some.exit(), some::toString);
    assertTrue(some.err().contains("the image covers only "), some::err);
    double covered = Double.parseDouble(rows("some").get(0).get("covered"));
    assertTrue(covered > 0.3 && covered < 0.8, "covered=" + covered);
  }
}
