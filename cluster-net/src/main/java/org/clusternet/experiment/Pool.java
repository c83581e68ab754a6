package org.clusternet.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.clusternet.metrics.ScoredImage;
import org.clusternet.metrics.Temperature;
import org.clusternet.run.RunPredictions;

/**
 * All folds of one classifier and one seed: every image once, predicted by the network that was not
 * trained on its cluster.
 *
 * @param seed random seed of the division into folds
 * @param dataHash hash of images and folds
 * @param folds the folds in order
 */
record Pool(long seed, String dataHash, List<Part> folds) {
  private static final Comparator<ScoredImage> ORDER =
      Comparator.comparing(ScoredImage::cluster).thenComparing(ScoredImage::projection);

  /**
   * One fold.
   *
   * @param rows predictions for the test fold
   * @param temperature temperature fitted on the validation fold; empty without probabilities
   * @param summary the fold's entry in the results
   */
  record Part(
      List<RunPredictions.Row> rows, Optional<Temperature> temperature, Results.Fold summary) {

    private List<ScoredImage> images() {
      return rows.stream().map(Pool::scored).toList();
    }
  }

  /** A row of a table of predictions as a scored image. */
  static ScoredImage scored(RunPredictions.Row row) {
    return new ScoredImage(
        row.cluster(), row.projection(), row.label(), row.prediction().probabilities());
  }

  /** All test images, sorted. */
  List<ScoredImage> images() {
    return sorted(folds.stream().flatMap(part -> part.images().stream()));
  }

  /** Whether there are probabilities to calibrate. */
  boolean hasProbabilities() {
    return folds.stream().allMatch(part -> part.temperature().isPresent());
  }

  /** All test images with probabilities at the temperature of their fold, sorted. */
  List<ScoredImage> calibrated() {
    return sorted(
        folds.stream()
            .flatMap(part -> part.temperature().orElseThrow().apply(part.images()).stream()));
  }

  private static List<ScoredImage> sorted(Stream<ScoredImage> images) {
    return images.sorted(ORDER).toList();
  }
}
