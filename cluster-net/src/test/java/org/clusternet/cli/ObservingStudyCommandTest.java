package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.clusternet.data.io.CsvFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObservingStudyCommandTest {
  private static final String PLAIN = "counts2000_background0_psf0_vignetting1";
  private static final String DARK = "counts2000_background1_psf0_vignetting1";

  @TempDir private static Path folder;

  @BeforeAll
  static void train() {
    for (String run : List.of("one", "two")) {
      Cli.Result result =
          Cli.train(
              folder.resolve(run),
              "--clusters=9",
              "--set=data.simulation.size=64",
              "--set=data.simulation.kpc_per_pixel=16",
              "--set=data.central_crop=64",
              "--width=4",
              "--variant=baseline",
              "--seed=" + (run.equals("one") ? 3 : 4));
      assertEquals(0, result.exit(), result::toString);
    }
  }

  private static Cli.Result study(String out, String ratios, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("observing-study", "--resamples=200", "--threads=1"));
    arguments.addAll(List.of("--model", folder.resolve("one").toString()));
    arguments.addAll(List.of("--counts=2000", "--psf=0", "--kpc-per-pixel=16"));
    if (Arrays.stream(more).noneMatch(m -> m.startsWith("--size"))) {
      arguments.add("--size=64");
    }
    if (Arrays.stream(more).noneMatch(m -> m.startsWith("--clusters"))) {
      arguments.add("--clusters=3");
    }
    arguments.addAll(List.of("--background-ratio=" + ratios));
    arguments.addAll(List.of("--out", folder.resolve(out).toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private static Path predictions(String out, String model, String condition) {
    return folder.resolve(out).resolve("predictions").resolve(model).resolve(condition + ".csv");
  }

  private static double figure(String out, String model, String ratio, String form, String name) {
    return CsvFile.read(folder.resolve(out).resolve("results.csv")).stream()
        .filter(row -> row.get("model").equals(model) && row.get("form").equals(form))
        .filter(row -> row.get("background_ratio").equals(ratio) && row.get("figure").equals(name))
        .mapToDouble(row -> Double.parseDouble(row.get("value")))
        .findFirst()
        .orElseThrow();
  }

  /** F1 = 2 TP / (2 TP + FP + FN) of each class, counted anew from the table of predictions. */
  private static double macroF1(Path table, String form) {
    String[] classes = {"CC", "WCC", "NCC"};
    int[][] counts = new int[3][3];
    for (CsvFile.Row row : CsvFile.read(table)) {
      if (row.get("form").equals(form)) {
        int label = List.of(classes).indexOf(row.get("label"));
        double[] p = {number(row, "p_cc"), number(row, "p_wcc"), number(row, "p_ncc")};
        int most = p[1] > p[0] ? 1 : 0;
        counts[label][p[2] > p[most] ? 2 : most]++;
      }
    }
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      int right = counts[c][c];
      int all = 0;
      for (int other = 0; other < 3; other++) {
        all += counts[c][other] + counts[other][c];
      }
      sum += all == 0 ? 0 : 2.0 * right / all;
    }
    return sum / 3;
  }

  private static double number(CsvFile.Row row, String column) {
    return Double.parseDouble(row.get(column));
  }

  @Test
  void goesOnWithFurtherConditionsAndModels() throws IOException {
    assertEquals(0, study("out", "0").exit());
    Path first = predictions("out", "one", PLAIN);
    byte[] before = Files.readAllBytes(first);
    FileTime written = Files.getLastModifiedTime(first);
    Cli.Result more = study("out", "0,1", "--model", folder.resolve("two").toString());
    assertEquals(0, more.exit(), more::toString);
    assertEquals(written, Files.getLastModifiedTime(first));
    assertArrayEquals(before, Files.readAllBytes(first));

    assertEquals(0, study("whole", "0,1", "--model", folder.resolve("two").toString()).exit());
    for (String model : List.of("one", "two")) {
      for (String condition : List.of(PLAIN, DARK)) {
        assertArrayEquals(
            Files.readAllBytes(predictions("whole", model, condition)),
            Files.readAllBytes(predictions("out", model, condition)));
      }
    }
    assertEquals(
        Files.readString(folder.resolve("whole/results.md")),
        Files.readString(folder.resolve("out/results.md")));

    for (String model : List.of("one", "two")) {
      for (String form : List.of("counts", "reduced")) {
        double expected = macroF1(predictions("out", model, DARK), form);
        assertEquals(expected, figure("out", model, "1", form, "macro_f1"), 1e-6);
      }
      double cost =
          figure("out", model, "1", "reduced", "macro_f1")
              - figure("out", model, "1", "counts", "macro_f1");
      assertEquals(cost, figure("out", model, "1", "difference", "macro_f1"), 2e-6);
      // Without background and vignetting both forms are the same image.
      assertEquals(0, figure("out", model, "0", "difference", "macro_f1"));
    }
    double gain =
        figure("out", "two", "1", "counts", "macro_f1")
            - figure("out", "one", "1", "counts", "macro_f1");
    assertEquals(gain, figure("out", "two", "1", "counts", "macro_f1_gain"), 2e-6);
    assertTrue(more.out().contains("two: reduction costs more than 0.02 in macro F1"), more.out());
  }

  @Test
  void refusesClustersOfTheTraining() {
    Cli.Result result = study("trained", "0", "--seed=3", "--mix=accept", "--clusters=9");
    assertEquals(1, result.exit());
    String end =
        "was trained on clusters=9 of this study (%s); choose another --seed"
            .formatted(folder.resolve("one/data/catalog.csv"));
    assertTrue(result.err().contains(end), result.err());
  }

  @Test
  void refusesAFolderOfAnotherSample() {
    assertEquals(0, study("sample", "0").exit());
    Cli.Result result = study("sample", "0", "--seed=77");
    assertEquals(1, result.exit());
    assertTrue(result.err().contains("study.json: is of StudySample"), result.err());
    assertTrue(result.err().contains("choose another folder or these settings"), result.err());
  }

  @Test
  void refusesImagesSmallerThanTheCrop() {
    Cli.Result result = study("small", "0", "--size=32");
    assertEquals(2, result.exit());
    assertTrue(
        result.err().contains("size=32 is smaller than the central_crop=64 of model="),
        result.err());
  }
}
