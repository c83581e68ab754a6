package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of an ablation of a network and the classical classifiers, against results.json. */
class ExperimentPageTest {
  private static final List<String> CLASSES = List.of("CC", "WCC", "NCC");
  private static final List<String> SECTIONS =
      List.of("rows", "classes", "confusion", "reliability", "comparisons", "run");

  @TempDir private static Path folder;
  private static Path out;
  private static String html;
  private static JsonNode results;

  @BeforeAll
  static void run() throws IOException {
    out = folder.resolve("out");
    String settings =
        "ablation --rows baseline --clusters 9 --folds 3 --epochs 1 --image-size 32 --width 4"
            + " --batch 6 --resamples 200 --seed 3 --threads 1 --out";
    Cli.Result result = Cli.run((settings + " " + out).split(" "));
    assertEquals(0, result.exit(), result::toString);
    assertTrue(result.out().contains("report " + out.resolve("report.html")), result.out());
    html = Files.readString(out.resolve("report.html"));
    results = new JsonMapper().readTree(out.resolve("results.json").toFile());
  }

  private static List<MatchResult> find(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().toList();
  }

  private static String section(String name) {
    return find("(?s)<section id=\"" + name + "\">.*?</section>", html).get(0).group();
  }

  /** The cells of the row of a section's table that begins with these words. */
  private static List<String> cells(String section, String head) {
    String row =
        find("<tr><th scope=\"row\">" + Pattern.quote(head) + "</th>.*?</tr>", section(section))
            .get(0)
            .group();
    return find("<td>(.*?)</td>", row).stream().map(m -> m.group(1)).toList();
  }

  private static String interval(JsonNode estimate) {
    return String.format(
        Locale.ROOT,
        "%.3f [%.3f, %.3f]",
        estimate.get("value").asDouble(),
        estimate.get("low").asDouble(),
        estimate.get("high").asDouble());
  }

  @Test
  void everyRowIsShownWithItsFigures() {
    assertEquals(
        SECTIONS, find("<section id=\"(\\w+)\">", html).stream().map(m -> m.group(1)).toList());
    assertTrue(results.get("rows").size() > 1, "classical rows too");
    int number = 0;
    for (JsonNode row : results.get("rows")) {
      String name = row.get("name").asText();
      JsonNode images = row.get("repeats").get(0).get("images");
      List<String> cells = cells("rows", ++number + " " + name);
      assertEquals(interval(images.get("macro_f1")), cells.get(0));
      assertEquals(interval(images.get("accuracy")), cells.get(2));
      assertEquals(interval(images.get("balanced_accuracy")), cells.get(3));
      assertEquals(5, cells.size(), "no spread over one seed");
      for (String type : CLASSES) {
        JsonNode found = images.get("classes").get(type);
        List<String> scores = cells("classes", name + " " + type);
        assertEquals(interval(found.get("precision")), scores.get(0));
        assertEquals(interval(found.get("recall")), scores.get(2));
        assertEquals(interval(found.get("f1")), scores.get(4));
        assertEquals(found.get("support").asText(), scores.get(6));
      }
    }
    assertFalse(section("rows").contains("mean over seeds"));
  }

  /** Table I of the paper, its first row: 0.803; classical classifiers are not in it. */
  @Test
  void paperFiguresStandBesideTheirRows() {
    assertEquals("0.803", cells("rows", "1 baseline").get(1));
    String second = results.get("rows").get(1).get("name").asText();
    assertEquals("\u2013", cells("rows", "2 " + second).get(1));
  }

  @Test
  void imagesAreCountedByClass() {
    List<String> counts = new ArrayList<>();
    JsonNode classes = results.get("data").get("images_by_class");
    CLASSES.forEach(type -> counts.add(type + " " + classes.get(type).asInt()));
    String wanted = String.join(", ", counts);
    assertTrue(section("run").contains(wanted), () -> wanted + ": " + section("run"));
  }

  @Test
  void confusionMatricesAreThoseOfTheirRows() {
    List<MatchResult> matrices = find("(?s)<svg.*?</svg>", section("confusion"));
    assertEquals(results.get("rows").size(), matrices.size());
    for (int i = 0; i < matrices.size(); i++) {
      JsonNode counts =
          results.get("rows").get(i).get("repeats").get(0).get("images").get("confusion_matrix");
      List<MatchResult> cells =
          find("true (\\w+), predicted (\\w+): (\\d+) of (\\d+)", matrices.get(i).group());
      assertEquals(9, cells.size());
      for (MatchResult cell : cells) {
        int row = CLASSES.indexOf(cell.group(1));
        int column = CLASSES.indexOf(cell.group(2));
        assertEquals(counts.get(row).get(column).asText(), cell.group(3));
      }
    }
  }

  @Test
  void everyComparisonIsShown() {
    assertTrue(results.get("comparisons").size() > 0);
    for (JsonNode pair : results.get("comparisons")) {
      String head = pair.get("second").asText() + " less " + pair.get("first").asText();
      JsonNode test = pair.get("images");
      assertEquals(
          String.format(Locale.ROOT, "%.3f", test.get("p").asDouble()),
          cells("comparisons", head).get(1));
      String difference = cells("comparisons", head).get(0);
      assertEquals(
          test.get("difference").get("value").asDouble(),
          Double.parseDouble(difference.substring(0, difference.indexOf(' '))),
          5.01e-4);
    }
  }

  @Test
  void browserShowsThePageWithoutConsoleMessages() throws Exception {
    Browser browser = Browser.find().orElse(null);
    Assumptions.assumeTrue(
        browser != null, "no Chromium on the path; install one or set CHROME_BIN");
    Browser.Visit visit = browser.open(out.resolve("report.html"), folder.resolve("browser"));
    assertEquals(List.of(), visit.console());
    for (String name : SECTIONS) {
      assertTrue(visit.dom().contains("<section id=\"" + name + "\">"), name);
    }
    assertEquals(find("<svg", html).size(), find("<svg", visit.dom()).size());
  }

  @Test
  void commandWritesTheSamePageAgain() throws IOException {
    Path page = out.resolve("report.html");
    Files.delete(page);
    Cli.Result result = Cli.run("report", "--run", out.toString());
    assertEquals(0, result.exit(), result::toString);
    assertEquals(html, Files.readString(page));
  }
}
