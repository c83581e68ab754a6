package org.clusternet.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.clusternet.config.ConfigFile;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.io.CsvFile;
import org.clusternet.metrics.ScoredImage;
import org.clusternet.program.Program;
import org.clusternet.run.RunFolder;
import org.clusternet.run.RunPredictions;
import org.clusternet.run.Scores;

/**
 * The files of a finished run, read back.
 *
 * @param folder the run folder
 * @param settings the text of its settings
 * @param config the settings, parsed
 * @param scores the final scores
 * @param epochs a row per epoch
 * @param predictions a row per image
 */
record RunFiles(
    Path folder,
    String settings,
    TrainingConfig config,
    Scores scores,
    List<CsvFile.Row> epochs,
    List<RunPredictions.Row> predictions) {
  private static final String SCORES = "metrics.json";

  /**
   * Reads a run folder.
   *
   * @throws DataException if it is none, has not reached its end, or a file is not of its form
   */
  static RunFiles read(Path folder) {
    Path config = folder.resolve(RunFolder.CONFIG);
    Path scores = folder.resolve(SCORES);
    if (!Files.exists(config)) {
      throw new DataException(
          folder
              + ": is not a run folder: it has no "
              + RunFolder.CONFIG
              + "; name a folder that train has written");
    }
    if (!Files.exists(scores)) {
      throw new DataException(
          "%s: has not reached its end: it has no %s; continue with: %s"
              .formatted(folder, SCORES, Program.command("train --resume " + folder)));
    }
    try {
      return new RunFiles(
          folder,
          Files.readString(config),
          ConfigFile.read(config),
          Scores.read(scores),
          CsvFile.read(folder.resolve("metrics.csv"), "epoch", "train_loss", "validation_loss"),
          RunPredictions.read(folder.resolve("predictions.csv")));
    } catch (IOException e) {
      throw new DataException(config + ": cannot be read: " + e, e);
    }
  }

  /** A column of the epochs; NaN where it is empty. */
  double[] curve(String column) {
    return epochs.stream()
        .map(row -> row.get(column))
        .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
        .toArray();
  }

  /** The images of the test fold. */
  List<RunPredictions.Row> test() {
    return predictions.stream().filter(row -> row.split().equals("test")).toList();
  }

  /** Those of the test fold whose class was not seen, the most confident first. */
  List<RunPredictions.Row> mistakes() {
    return test().stream()
        .filter(row -> row.prediction().coreType() != row.label())
        .sorted((a, b) -> Double.compare(confidence(b), confidence(a)))
        .toList();
  }

  /** The probability of the predicted class. */
  static double confidence(RunPredictions.Row row) {
    return row.prediction().probability(row.prediction().coreType());
  }

  /** Predictions for the scores. */
  static List<ScoredImage> scored(List<RunPredictions.Row> rows) {
    return rows.stream()
        .map(
            row ->
                new ScoredImage(
                    row.cluster(), row.projection(), row.label(), row.prediction().probabilities()))
        .toList();
  }

  /** The folder of the images. */
  Path data() {
    String given = config.data().folder();
    return given == null ? folder.resolve("data") : Path.of(given);
  }

  /** Names of the classes in their order. */
  static List<String> classes() {
    return List.of(CoreType.values()).stream().map(CoreType::name).toList();
  }
}
