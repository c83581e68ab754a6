package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.nn.safetensors.SafetensorsFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job from end to end: a tiny sample, the whole network, every file that comes of it. */
class TrainAndPredictTest {
  private static final String[] SAMPLE = {"--clusters", "12", "--epochs", "2", "--seed", "5"};

  @TempDir private static Path folder;
  private static Path run;
  private static Cli.Result result;

  @BeforeAll
  static void train() {
    run = folder.resolve("run");
    result = Cli.train(run, SAMPLE);
    assertEquals(0, result.exit(), result::toString);
  }

  @Test
  void leavesTheseFilesAndNoOthers() throws IOException {
    assertEquals(
        new TreeSet<>(
            Set.of(
                "config.yaml",
                "data",
                "metrics.csv",
                "metrics.json",
                "model.safetensors",
                "predictions.csv",
                "report.html",
                "splits.csv")),
        names(run));
  }

  @Test
  void theLogIsShortAndTheResultGoesToStandardOutput() {
    List<String> log = result.err().lines().toList();
    assertEquals(8, log.size(), result.err());
    assertTrue(log.get(0).startsWith("simulated 12 clusters in "), log.get(0));
    assertTrue(
        log.get(1).startsWith("36 images of 12 clusters (CC 9, WCC 18, NCC 9), read as 64 x 64"),
        log.get(1));
    assertTrue(
        log.get(2).startsWith("fold 0 of 3: 12 images to train (CC 3, WCC 6, NCC 3), 12 to"),
        log.get(2));
    assertEquals("run folder " + run, log.get(3));
    assertTrue(log.get(4).startsWith("cpu: 1 thread, "), log.get(4));
    assertEquals("variant all: 22.4 million parameters", log.get(5));
    assertTrue(log.get(6).startsWith("epoch 1/2  lr 1e-03  loss "), log.get(6));
    assertTrue(result.out().startsWith("variant all, test fold 0 of 3, epoch "), result.out());
    assertTrue(result.out().endsWith("run folder " + run + "\n"), result.out());
  }

  /** Two runs of one seed differ in times only, two seeds in everything. */
  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    Path again = folder.resolve("again");
    assertEquals(0, Cli.train(again, SAMPLE).exit());
    for (String name :
        List.of("config.yaml", "splits.csv", "predictions.csv", "model.safetensors")) {
      assertEquals(-1, Files.mismatch(run.resolve(name), again.resolve(name)), name);
    }
    assertEquals(withoutTimes(run), withoutTimes(again));
    assertEquals(scores(run).without("seconds"), scores(again).without("seconds"));

    Path other = folder.resolve("other");
    SAMPLE[SAMPLE.length - 1] = "6";
    assertEquals(0, Cli.train(other, SAMPLE).exit());
    SAMPLE[SAMPLE.length - 1] = "5";
    assertNotEquals(-1, Files.mismatch(run.resolve("splits.csv"), other.resolve("splits.csv")));
    assertNotEquals(withoutTimes(run), withoutTimes(other));
  }

  /** The settings that a run writes make the same run again. */
  @Test
  void theConfigurationOfARunRunsItAgain() throws IOException {
    Path again = folder.resolve("again from its configuration");
    String config = run.resolve("config.yaml").toString();
    Cli.Result result = Cli.run("train", "--config", config, "--out", again.toString());
    assertEquals(0, result.exit(), result::toString);
    for (String name :
        List.of("config.yaml", "splits.csv", "predictions.csv", "model.safetensors")) {
      assertEquals(-1, Files.mismatch(run.resolve(name), again.resolve(name)), name);
    }
    assertEquals(withoutTimes(run), withoutTimes(again));
  }

  @Test
  void scoresFollowFromThePredictionsOfTheTestFold() throws IOException {
    Table predictions = Table.read(run.resolve("predictions.csv"));
    assertEquals(36, predictions.rows().size());
    int[][] counts = new int[3][3];
    List<String> classes = List.of("CC", "WCC", "NCC");
    for (List<String> row : predictions.rows()) {
      double[] p = predictions.numbers(row, "p_cc", "p_wcc", "p_ncc");
      assertEquals(1, Arrays.stream(p).sum(), 2e-6);
      int predicted = classes.indexOf(predictions.get(row, "class"));
      assertEquals(Arrays.stream(p).max().orElseThrow(), p[predicted]);
      double[] box = predictions.numbers(row, "x_min", "y_min", "x_max", "y_max");
      assertTrue(0 <= box[0] && box[0] <= box[2] && box[2] < 64, row::toString);
      assertTrue(0 <= box[1] && box[1] <= box[3] && box[3] < 64, row::toString);
      if (predictions.get(row, "split").equals("test")) {
        counts[classes.indexOf(predictions.get(row, "label"))][predicted]++;
      }
    }
    JsonNode test = scores(run).get("test");
    assertEquals(new JsonMapper().valueToTree(counts), test.get("confusion_matrix"));
    double f1 = 0;
    for (int k = 0; k < 3; k++) {
      int row = Arrays.stream(counts[k]).sum();
      int column = counts[0][k] + counts[1][k] + counts[2][k];
      f1 += row + column == 0 ? 0 : 2.0 * counts[k][k] / (row + column) / 3;
    }
    assertEquals(f1, test.get("macro_f1").asDouble(), 1e-12);
    assertEquals(12, test.get("images").asInt());
  }

  @Test
  void noClusterIsInTwoSplits() throws IOException {
    Table predictions = Table.read(run.resolve("predictions.csv"));
    Set<String> pairs =
        predictions.rows().stream()
            .map(r -> predictions.get(r, "cluster_id") + " " + predictions.get(r, "split"))
            .collect(Collectors.toSet());
    assertEquals(12, pairs.size());
  }

  @Test
  void theEpochThatIsReportedIsTheBestOfTheTable() throws IOException {
    Table epochs = Table.read(run.resolve("metrics.csv"));
    List<String> best =
        epochs.rows().stream()
            .max(
                Comparator.<List<String>>comparingDouble(
                        r -> epochs.numbers(r, "validation_macro_f1")[0])
                    .thenComparingDouble(r -> -epochs.numbers(r, "validation_loss")[0]))
            .orElseThrow();
    assertEquals(epochs.get(best, "epoch"), scores(run).get("epoch").asText());
    assertEquals(
        epochs.numbers(best, "validation_loss")[0],
        scores(run).get("validation").get("loss").asDouble(),
        1e-6,
        "the weights of that epoch were brought back");
  }

  @Test
  void predictsWhatTrainingPredicted() throws IOException {
    Path out = folder.resolve("predicted");
    Table trained = Table.read(run.resolve("predictions.csv"));
    List<List<String>> some = trained.rows().subList(0, 4);
    List<String> arguments = arguments("predict", "--model", run, "--out", out, "--threads", 1);
    some.forEach(r -> arguments.add(run.resolve("data/" + trained.get(r, "file")).toString()));
    Cli.Result predicted = Cli.run(arguments.toArray(String[]::new));
    assertEquals(0, predicted.exit(), predicted::toString);
    assertEquals(Set.of("predictions.csv"), names(out));
    Table table = Table.read(out.resolve("predictions.csv"));
    assertEquals(some.size(), table.rows().size());
    for (int i = 0; i < some.size(); i++) {
      List<String> row = table.rows().get(i);
      assertTrue(table.get(row, "file").endsWith(trained.get(some.get(i), "file")));
      assertArrayEquals(
          trained.numbers(some.get(i), "p_cc", "p_wcc", "p_ncc"),
          table.numbers(row, "p_cc", "p_wcc", "p_ncc"),
          1e-4);
      assertTrue(
          predicted.out().lines().toList().get(i).contains(": " + table.get(row, "class") + ", "),
          predicted.out());
    }
  }

  /** The arrays agree with each other, with the image and with the table. */
  @Test
  void arraysShowHowAPredictionCameAbout() throws IOException {
    Path image = run.resolve("data/images/sim00000_x.fits");
    Path model = Files.copy(run.resolve("model.safetensors"), folder.resolve("alone.safetensors"));
    Path out = folder.resolve("arrays");
    Cli.Result predicted =
        Cli.run(
            arguments("predict", "--model", model, "--arrays", "--out", out, image, image)
                .toArray(String[]::new));
    assertEquals(0, predicted.exit(), predicted::toString);
    assertEquals(
        Set.of("predictions.csv", "sim00000_x.safetensors", "sim00000_x-2.safetensors"),
        names(out));
    assertEquals(
        -1,
        Files.mismatch(
            out.resolve("sim00000_x.safetensors"), out.resolve("sim00000_x-2.safetensors")));
    try (SafetensorsFile file = SafetensorsFile.open(out.resolve("sim00000_x.safetensors"))) {
      PredictionArrays arrays = new PredictionArrays(file);
      arrays.requireConsistent(0.7, 0.7);
      float[] pixels =
          new Preprocessing(256, 64).apply(FitsFile.read(image), image.toString()).pixels();
      double[] input = arrays.get("input");
      for (int i = 0; i < pixels.length; i++) {
        assertEquals(pixels[i], input[i]);
        assertEquals(pixels[i], input[pixels.length + i]);
        assertEquals(pixels[i], input[2 * pixels.length + i]);
      }
      Table table = Table.read(out.resolve("predictions.csv"));
      List<String> row = table.rows().get(0);
      assertArrayEquals(arrays.probabilities(), table.numbers(row, "p_cc", "p_wcc", "p_ncc"), 1e-6);
      assertArrayEquals(arrays.get("box"), table.numbers(row, "x_min", "y_min", "x_max", "y_max"));
    }
  }

  /** The baseline on the data of the first run, in BF16: no box, one head. */
  @Test
  void theBaselineHasNoBox() throws IOException {
    Path baseline = folder.resolve("baseline");
    Cli.Result trained =
        Cli.train(
            baseline,
            "--data",
            run.resolve("data").toString(),
            "--variant",
            "baseline",
            "--precision",
            "bf16");
    assertEquals(0, trained.exit(), trained::toString);
    assertFalse(Files.exists(baseline.resolve("data")));
    Table epochs = Table.read(baseline.resolve("metrics.csv"));
    assertEquals("", epochs.get(epochs.rows().get(0), "train_loss_fusion"));
    Path out = folder.resolve("baseline-arrays");
    Path image = run.resolve("data/images/sim00001_y.fits");
    Cli.Result predicted =
        Cli.run(
            arguments("predict", "--model", baseline, "--arrays", "--out", out, image)
                .toArray(String[]::new));
    assertEquals(0, predicted.exit(), predicted::toString);
    try (SafetensorsFile file = SafetensorsFile.open(out.resolve("sim00001_y.safetensors"))) {
      assertEquals(Set.of("input", "feature_map", "logits_primary"), file.keys());
    }
    assertTrue(Files.readString(out.resolve("predictions.csv")).endsWith(",,,,\n"));
  }

  private static List<String> arguments(Object... words) {
    return Arrays.stream(words)
        .map(Object::toString)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static List<List<String>> withoutTimes(Path run) throws IOException {
    return Table.read(run.resolve("metrics.csv")).rows().stream()
        .map(row -> row.subList(0, row.size() - 2))
        .toList();
  }

  private static ObjectNode scores(Path run) throws IOException {
    return (ObjectNode) new JsonMapper().readTree(run.resolve("metrics.json").toFile());
  }
}
