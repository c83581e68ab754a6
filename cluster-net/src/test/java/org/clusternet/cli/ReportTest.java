package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.Image;
import org.clusternet.nn.safetensors.SafetensorsFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeing it: the report of a run and the explanation of an image, against the run's own files. */
class ReportTest {
  private static final List<String> CLASSES = List.of("CC", "WCC", "NCC");
  private static final List<String> SECTIONS =
      List.of("run", "curves", "confusion", "classes", "reliability", "mistakes", "images");

  @TempDir private static Path folder;
  private static Path run;
  private static String html;
  private static Table predictions;

  @BeforeAll
  static void train() throws IOException {
    run = folder.resolve("run <1>");
    Cli.Result result =
        Cli.train(run, "--clusters", "12", "--epochs", "2", "--seed", "5", "--width", "8");
    assertEquals(0, result.exit(), result::toString);
    assertTrue(result.out().contains("report " + run.resolve("report.html")), result.out());
    html = Files.readString(run.resolve("report.html"));
    predictions = Table.read(run.resolve("predictions.csv"));
  }

  private static List<List<String>> test() {
    return predictions.rows().stream()
        .filter(row -> predictions.get(row, "split").equals("test"))
        .toList();
  }

  private static List<MatchResult> find(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().toList();
  }

  private static String section(String name) {
    return find("(?s)<section id=\"" + name + "\">.*?</section>", html).get(0).group();
  }

  @Test
  void hasAllSectionsAndNeedsNothingElse() {
    assertEquals(
        SECTIONS, find("<section id=\"(\\w+)\">", html).stream().map(m -> m.group(1)).toList());
    String without = html.replace("http://www.w3.org/2000/svg", "");
    assertFalse(without.contains("http:") || without.contains("https:"), "no address");
    assertFalse(html.contains("<script"), "no script");
    assertTrue(html.contains("<h1>Run run &lt;1&gt;</h1>"), "names are escaped");
  }

  @Test
  void confusionMatrixCountsThePredictions() {
    int[][] counts = new int[3][3];
    for (List<String> row : test()) {
      counts[CLASSES.indexOf(predictions.get(row, "label"))][
          CLASSES.indexOf(predictions.get(row, "class"))]++;
    }
    String matrix = find("(?s)<svg.*?</svg>", section("confusion")).get(0).group();
    List<MatchResult> cells = find("true (\\w+), predicted (\\w+): (\\d+) of (\\d+)", matrix);
    assertEquals(9, cells.size());
    for (MatchResult cell : cells) {
      int[] row = counts[CLASSES.indexOf(cell.group(1))];
      assertEquals(row[CLASSES.indexOf(cell.group(2))], Integer.parseInt(cell.group(3)));
      assertEquals(Arrays.stream(row).sum(), Integer.parseInt(cell.group(4)));
    }
  }

  @Test
  void curvesAreThoseOfTheTable() throws IOException {
    Table epochs = Table.read(run.resolve("metrics.csv"));
    String curves = section("curves");
    for (List<String> row : epochs.rows()) {
      String epoch = epochs.get(row, "epoch");
      for (String series : new String[] {"train", "validation"}) {
        String name = series.equals("train") ? "training" : "validation";
        double drawn =
            Double.parseDouble(
                find("<title>" + name + ": " + epoch + ", ([\\d.]+)</title>", curves)
                    .get(0)
                    .group(1));
        assertEquals(Double.parseDouble(epochs.get(row, series + "_loss")), drawn, 1e-9);
      }
    }
  }

  /** Guo et al. 2017, Eq. 3, straight from the definition. */
  @Test
  void calibrationErrorIsThatOfThePredictions() {
    double error = 0;
    for (int bin = 0; bin < 15; bin++) {
      double confidence = 0;
      double right = 0;
      for (List<String> row : test()) {
        double[] p = predictions.numbers(row, "p_cc", "p_wcc", "p_ncc");
        double most = Arrays.stream(p).max().orElseThrow();
        if (most > bin / 15.0 && most <= (bin + 1) / 15.0) {
          confidence += most;
          boolean same = predictions.get(row, "label").equals(predictions.get(row, "class"));
          right += same ? 1 : 0;
        }
      }
      error += Math.abs(right - confidence) / test().size();
    }
    String expected = String.format(Locale.ROOT, "ECE %.3f", error);
    assertTrue(section("reliability").contains(expected), expected);
  }

  @Test
  void mistakesAreTheMostConfidentOnesFirst() {
    String section = section("mistakes");
    double[] expected =
        test().stream()
            .filter(r -> !predictions.get(r, "label").equals(predictions.get(r, "class")))
            .mapToDouble(
                r ->
                    Arrays.stream(predictions.numbers(r, "p_cc", "p_wcc", "p_ncc"))
                        .max()
                        .orElseThrow())
            .map(p -> -p)
            .sorted()
            .map(p -> -p)
            .toArray();
    double[] shown =
        find("<tr><th.*?</th>(?:<td>.*?</td>){3}<td>([\\d.]+)</td>", section).stream()
            .mapToDouble(m -> Double.parseDouble(m.group(1)))
            .toArray();
    assertArrayEquals(Arrays.copyOf(expected, Math.min(12, expected.length)), shown, 6e-4);
    assertTrue(expected.length == 0 || section.contains(expected.length + " of the 12 test"));
  }

  /**
   * Six rows of five pictures; the brightest pixel of an input is the image's brightest 4 x 4, y
   * upwards.
   */
  @Test
  void galleryShowsTestImages() throws IOException {
    String section = section("images");
    assertEquals(6 * 5, find("<image ", section).size());
    MatchResult row =
        find("(?s)<p>(sim\\d+), projection (\\w): true.*?base64,([^\"]*)\"", section).get(0);
    BufferedImage input =
        ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(row.group(3))));
    assertEquals(64, input.getWidth());
    Path file = run.resolve("data/images/" + row.group(1) + "_" + row.group(2) + ".fits");
    Image image = FitsFile.read(file);
    double[] blocks = new double[64 * 64];
    for (int i = 0; i < image.pixels().length; i++) {
      blocks[i / image.width() / 4 * 64 + i % image.width() / 4] += image.pixels()[i];
    }
    int brightest = 0;
    for (int i = 0; i < blocks.length; i++) {
      brightest = blocks[i] > blocks[brightest] ? i : brightest;
    }
    int x = brightest % 64;
    int y = brightest / 64;
    assertEquals(0xFCFFA4, input.getRGB(x, 63 - y) & 0xFFFFFF, "the end of inferno");
  }

  @Test
  void browserShowsThePageWithoutConsoleMessagesOrRequests() throws Exception {
    Browser browser = Browser.find().orElse(null);
    Assumptions.assumeTrue(
        browser != null, "no Chromium on the path; install one or set CHROME_BIN");
    Path blank = Files.writeString(folder.resolve("blank.html"), "<!DOCTYPE html><title>-</title>");
    Path bad =
        Files.writeString(
            folder.resolve("bad.html"),
            "<!DOCTYPE html><img src=\"http://cluster-net.invalid/x.png\"><script>console.error(1)</script>");
    Browser.Visit nothing = browser.open(blank, folder.resolve("b1"));
    Browser.Visit caught = browser.open(bad, folder.resolve("b2"));
    assertTrue(caught.requested().contains("http://cluster-net.invalid/x.png"), "would be seen");
    assertEquals(1, caught.console().size(), "would be heard");
    Browser.Visit visit = browser.open(run.resolve("report.html"), folder.resolve("b3"));
    assertEquals(List.of(), visit.console());
    visit.requested().removeAll(nothing.requested());
    assertEquals(List.of(), visit.requested().stream().filter(u -> !u.contains("google")).toList());
    for (String name : SECTIONS) {
      assertTrue(visit.dom().contains("<section id=\"" + name + "\">"), name);
    }
    assertEquals(find("<svg", html).size(), find("<svg", visit.dom()).size());
  }

  @Test
  void commandWritesTheSamePageAgain() throws IOException {
    Path page = run.resolve("report.html");
    Files.delete(page);
    Cli.Result result = Cli.run("report", "--run", run.toString(), "--threads", "1");
    assertEquals(0, result.exit(), result::toString);
    assertEquals(html, Files.readString(page));
  }

  @Test
  void unfinishedRunHasNoReport() throws IOException {
    assertEquals(1, Cli.run("report", "--run", folder.toString()).exit());
    Path begun = Files.createDirectories(folder.resolve("begun"));
    Files.copy(run.resolve("config.yaml"), begun.resolve("config.yaml"));
    String complaint = Cli.run("report", "--run", begun.toString()).complaint();
    assertTrue(complaint.contains("has not reached its end: it has no metrics.json"), complaint);
  }

  /** The files of explain agree with the arrays of predict. */
  @Test
  void explainWritesFigureMapsAndRegion() throws IOException {
    String image = run.resolve("data/images/sim00000_x.fits").toString();
    Path out = folder.resolve("explained");
    Cli.Result result =
        Cli.run(
            "explain", "--model", run.toString(), "--threads", "1", image, "--out", out.toString());
    assertEquals(0, result.exit(), result::toString);
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(
          List.of(
              "sim00000_x.png",
              "sim00000_x.reg",
              "sim00000_x.svg",
              "sim00000_x_cam.fits",
              "sim00000_x_mask.fits"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
    Path arrays = folder.resolve("arrays");
    Cli.Result predicted =
        Cli.run(
            "predict",
            "--model",
            run.toString(),
            "--threads",
            "1",
            "--arrays",
            image,
            "--out",
            arrays.toString());
    assertEquals(0, predicted.exit(), predicted::toString);
    try (SafetensorsFile file = SafetensorsFile.open(arrays.resolve("sim00000_x.safetensors"))) {
      assertArrayEquals(
          file.get("h1").values(), FitsFile.read(out.resolve("sim00000_x_cam.fits")).pixels());
      assertArrayEquals(
          file.get("mask").values(), FitsFile.read(out.resolve("sim00000_x_mask.fits")).pixels());
      double[] box = file.get("box").values();
      String expected =
          String.format(
              Locale.ROOT,
              "box(%.3f,%.3f,%.3f,%.3f,0)",
              2 * (box[0] + box[2] + 1) + 0.5,
              2 * (box[1] + box[3] + 1) + 0.5,
              4 * (box[2] - box[0] + 1),
              4 * (box[3] - box[1] + 1));
      String region = Files.readString(out.resolve("sim00000_x.reg"));
      assertTrue(region.contains("\nimage\n" + expected), region + expected);
    }
    assertTrue(ImageIO.read(out.resolve("sim00000_x.png").toFile()).getWidth() > 1000);
  }
}
