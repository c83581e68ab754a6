package org.clusternet.bench.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.clusternet.data.io.CsvFile;

/**
 * The course of a training run, read from its folder.
 *
 * @param train mean training loss of each epoch
 * @param validation loss over the validation fold after each epoch
 * @param f1 macro F1 over the validation fold after each epoch
 * @param testF1 macro F1 over the test fold with the weights of the best epoch
 * @param seconds duration of the training in seconds
 */
record Curve(
    List<Double> train, List<Double> validation, List<Double> f1, double testF1, double seconds) {

  /** Reads {@code metrics.csv} and {@code metrics.json}. */
  static Curve read(Path folder) throws IOException {
    List<CsvFile.Row> rows = CsvFile.read(folder.resolve("metrics.csv"), "train_loss");
    JsonNode scores = new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
    JsonNode test = scores.path("test").path("macro_f1");
    if (!test.isNumber()) {
      throw new IOException(folder.resolve("metrics.json") + ": test.macro_f1 is not a number");
    }
    return new Curve(
        column(rows, "train_loss"),
        column(rows, "validation_loss"),
        column(rows, "validation_macro_f1"),
        test.asDouble(),
        scores.path("seconds").path("training").asDouble());
  }

  private static List<Double> column(List<CsvFile.Row> rows, String name) {
    return rows.stream().map(row -> Double.valueOf(row.get(name))).toList();
  }
}
