package org.clusternet.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.metrics.ScoredImage;
import org.clusternet.run.RunFolder;
import org.clusternet.run.RunPredictions;
import org.clusternet.run.Scores;

/**
 * The results of a finished fold.
 *
 * @param job the fold's run
 * @param folder its run folder
 * @param scores its {@code metrics.json}
 * @param rows its {@code predictions.csv}
 */
record FoldResult(FoldJob job, Path folder, Scores scores, List<RunPredictions.Row> rows) {
  private static final String TEST = "test";
  private static final String VALIDATION = "validation";

  /** Whether a fold is finished: its scores, which are written last, exist. */
  static boolean exists(Path folder) {
    return Files.exists(folder.resolve("metrics.json"));
  }

  /**
   * Reads and checks a fold.
   *
   * @param job the fold's run
   * @param folder its run folder
   * @param asked settings that it must have
   * @param dataHash hash of the images and folds that it must have
   * @throws DataException if its settings or images are others, or it is damaged
   */
  static FoldResult read(FoldJob job, Path folder, TrainingConfig asked, String dataHash) {
    SameSettings.requireSame(folder.resolve(RunFolder.CONFIG), asked);
    try {
      Scores scores = Scores.read(folder.resolve("metrics.json"));
      if (!scores.dataHash().equals(dataHash)) {
        throw new DataException(
            "%s: data_hash=%s, that of the images and folds now is %s"
                .formatted(folder.resolve("metrics.json"), scores.dataHash(), dataHash));
      }
      Path predictions = folder.resolve("predictions.csv");
      FoldResult result = new FoldResult(job, folder, scores, RunPredictions.read(predictions));
      if (!ScoredImage.confusion(result.test()).equals(scores.test().matrix())
          || !ScoredImage.confusion(result.validation()).equals(scores.validation().matrix())) {
        throw new DataException(
            predictions + ": does not have the predictions that metrics.json counts");
      }
      return result;
    } catch (DataException | IllegalArgumentException e) {
      throw new DataException(
          "%s; delete %s, and this fold is run again".formatted(e.getMessage(), folder), e);
    }
  }

  /** The images of the test fold. */
  List<ScoredImage> test() {
    return images(TEST);
  }

  /** The images of the validation fold. */
  List<ScoredImage> validation() {
    return images(VALIDATION);
  }

  private List<ScoredImage> images(String split) {
    return rows.stream().filter(row -> row.split().equals(split)).map(Pool::scored).toList();
  }

  /** The rows of the test fold. */
  List<RunPredictions.Row> testRows() {
    return rows.stream().filter(row -> row.split().equals(TEST)).toList();
  }

  /** Duration of all phases of the run, in seconds. */
  double seconds() {
    return scores.seconds().values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
