package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.clusternet.experiment.Results;
import org.clusternet.text.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The figures of an ablation, calculated again from the predictions that it leaves. */
@ExtendWith(SmallAblation.Shared.class)
class ExperimentScoresTest {
  private static final List<String> CLASSES = List.of("CC", "WCC", "NCC");

  private static Path out;
  private static Cli.Result result;
  private static JsonNode results;
  private static Table predictions;

  @BeforeAll
  static void read(SmallAblation ablation) throws IOException {
    out = ablation.out();
    result = ablation.result();
    results = new JsonMapper().readTree(out.resolve("results.json").toFile());
    predictions = Table.read(out.resolve("predictions.csv"));
  }

  @Test
  void everyImageIsTestedOnceByEveryRowAndSeed() {
    assertEquals(27 * 2 * results.get("rows").size(), predictions.rows().size());
    Set<List<String>> seen = new HashSet<>();
    for (List<String> row : predictions.rows()) {
      assertTrue(
          seen.add(
              List.of(
                  predictions.get(row, "row"),
                  predictions.get(row, "seed"),
                  predictions.get(row, "cluster_id"),
                  predictions.get(row, "projection"))),
          row::toString);
    }
  }

  @Test
  void networksComeFirstAndShareTheFoldsOfTheClassicalClassifiers() throws IOException {
    List<String> kinds = new ArrayList<>();
    results.get("rows").forEach(row -> kinds.add(row.get("kind").asText()));
    assertEquals(List.of("network", "network", "classical"), kinds.subList(0, 3));
    assertEquals("classical", kinds.get(kinds.size() - 1));
    for (List<String> row : predictions.rows()) {
      Table splits =
          Table.read(
              out.resolve("all/seed-" + predictions.get(row, "seed") + "/fold-0/splits.csv"));
      String cluster = predictions.get(row, "cluster_id");
      String fold =
          splits.rows().stream()
              .filter(s -> splits.get(s, "cluster_id").equals(cluster))
              .map(s -> splits.get(s, "fold"))
              .findFirst()
              .orElseThrow();
      assertEquals(fold, predictions.get(row, "fold"), row::toString);
    }
  }

  @Test
  void scoresOfImagesFollowFromThePredictions() {
    for (JsonNode row : results.get("rows")) {
      for (JsonNode repeat : row.get("repeats")) {
        int[][] counts = new int[3][3];
        for (List<String> p : rows(row, repeat)) {
          counts[CLASSES.indexOf(predictions.get(p, "label"))][
              CLASSES.indexOf(predictions.get(p, "class"))]++;
        }
        requireScores(counts, repeat.get("images"));
      }
    }
  }

  @Test
  void scoresOfClustersFollowFromMeanProbabilities() {
    for (JsonNode row : results.get("rows")) {
      for (JsonNode repeat : row.get("repeats")) {
        int[][] counts = new int[3][3];
        byCluster(row, repeat)
            .values()
            .forEach(cluster -> counts[(int) cluster[3]][best(cluster)]++);
        requireScores(counts, repeat.get("clusters"));
      }
    }
  }

  @Test
  void mcNemarCountsClustersOnWhichOneNetworkAloneIsRight() {
    for (JsonNode pair : results.get("comparisons")) {
      for (JsonNode test : pair.get("mcnemar")) {
        Map<String, double[]> first = byCluster(pair.get("first").asText(), test.get("seed"));
        Map<String, double[]> second = byCluster(pair.get("second").asText(), test.get("seed"));
        int onlyFirst = 0;
        int onlySecond = 0;
        for (String cluster : first.keySet()) {
          boolean one = best(first.get(cluster)) == first.get(cluster)[3];
          boolean two = best(second.get(cluster)) == second.get(cluster)[3];
          onlyFirst += one && !two ? 1 : 0;
          onlySecond += two && !one ? 1 : 0;
        }
        assertEquals(onlyFirst, test.get("counts").get("only_first").asInt());
        assertEquals(onlySecond, test.get("counts").get("only_second").asInt());
      }
    }
    List<String> pairs = new ArrayList<>();
    results
        .get("comparisons")
        .forEach(p -> pairs.add(p.get("second").asText() + " " + p.get("first").asText()));
    assertEquals("all baseline", pairs.get(0));
    assertEquals(results.get("rows").size() - 1, pairs.size());
    assertTrue(pairs.contains("all logistic"), pairs::toString);
  }

  @Test
  void theCalibrationErrorIsThatOfThePredictions() {
    for (JsonNode row : results.get("rows")) {
      for (JsonNode repeat : row.get("repeats")) {
        if (repeat.get("calibration").isNull()) {
          assertEquals("classical", row.get("kind").asText());
          continue;
        }
        double[] gap = new double[15];
        for (List<String> p : rows(row, repeat)) {
          double[] probabilities = predictions.numbers(p, "p_cc", "p_wcc", "p_ncc");
          double confidence = Arrays.stream(probabilities).max().orElseThrow();
          boolean right = predictions.get(p, "class").equals(predictions.get(p, "label"));
          gap[(int) Math.ceil(confidence * 15) - 1] += (right ? 1 : 0) - confidence;
        }
        assertEquals(
            Arrays.stream(gap).map(Math::abs).sum() / 27,
            repeat.get("calibration").get("before").get("ece").asDouble(),
            1e-6);
      }
    }
  }

  @Test
  void theSpreadOverSeedsIsThatOfTheRepeats() {
    JsonNode row = results.get("rows").get(0);
    double a = row.get("repeats").get(0).get("images").get("macro_f1").get("value").asDouble();
    double b = row.get("repeats").get(1).get("images").get("macro_f1").get("value").asDouble();
    JsonNode spread = row.get("spread").get("macro_f1");
    assertEquals((a + b) / 2, spread.get("mean").asDouble(), 1e-12);
    assertEquals(
        Math.abs(a - b) / Math.sqrt(2), spread.get("standard_deviation").asDouble(), 1e-12);
  }

  @Test
  void thePapersFiguresAreInResultsAndMarkdown() throws IOException {
    assertEquals(0.83, results.get("rows").get(1).get("paper").get("macro_f1").asDouble());
    String text = Files.readString(out.resolve("results.md"));
    assertTrue(text.contains("# Ablation (Table I of the paper)"), text);
    assertTrue(text.contains("| 0.830 |"), text);
    assertTrue(result.out().contains("| all - baseline "), result.out());
    assertTrue(result.out().endsWith("experiment folder " + out + "\n"), result.out());
    Results read = Results.read(out.resolve("results.json"));
    assertEquals(Files.readString(out.resolve("results.json")), Json.write(read));
  }

  private static List<List<String>> rows(JsonNode row, JsonNode repeat) {
    return rows(row.get("name").asText(), repeat.get("seed"));
  }

  private static List<List<String>> rows(String name, JsonNode seed) {
    return predictions.rows().stream()
        .filter(p -> predictions.get(p, "row").equals(name))
        .filter(p -> predictions.get(p, "seed").equals(seed.asText()))
        .toList();
  }

  private static Map<String, double[]> byCluster(JsonNode row, JsonNode repeat) {
    return byCluster(row.get("name").asText(), repeat.get("seed"));
  }

  /** Sums of the three probabilities, and the index of the label. */
  private static Map<String, double[]> byCluster(String name, JsonNode seed) {
    Map<String, double[]> clusters = new TreeMap<>();
    for (List<String> p : rows(name, seed)) {
      double[] sum = clusters.computeIfAbsent(predictions.get(p, "cluster_id"), c -> new double[4]);
      double[] probabilities = predictions.numbers(p, "p_cc", "p_wcc", "p_ncc");
      for (int k = 0; k < 3; k++) {
        sum[k] += probabilities[k];
      }
      sum[3] = CLASSES.indexOf(predictions.get(p, "label"));
    }
    return clusters;
  }

  private static int best(double[] cluster) {
    int best = 0;
    for (int k = 1; k < 3; k++) {
      best = cluster[k] > cluster[best] ? k : best;
    }
    return best;
  }

  private static void requireScores(int[][] counts, JsonNode sample) {
    assertEquals(new JsonMapper().valueToTree(counts), sample.get("confusion_matrix"));
    double f1 = 0;
    double recall = 0;
    for (int k = 0; k < 3; k++) {
      int row = Arrays.stream(counts[k]).sum();
      int column = counts[0][k] + counts[1][k] + counts[2][k];
      f1 += row + column == 0 ? 0 : 2.0 * counts[k][k] / (row + column) / 3;
      recall += (double) counts[k][k] / row / 3;
      JsonNode share = sample.get("row_normalised").get(k).get(0);
      assertEquals((double) counts[k][0] / row, share.get("value").asDouble(), 1e-12);
      assertTrue(share.get("low").asDouble() <= share.get("high").asDouble());
    }
    JsonNode macro = sample.get("macro_f1");
    assertEquals(f1, macro.get("value").asDouble(), 1e-12);
    assertEquals(recall, sample.get("balanced_accuracy").get("value").asDouble(), 1e-12);
    assertTrue(macro.get("low").asDouble() <= macro.get("high").asDouble());
  }
}
