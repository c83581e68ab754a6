package org.clusternet.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.clusternet.metrics.ScoredImage;
import org.clusternet.metrics.Temperature;

/**
 * All folds of one classifier and one seed: every image once, judged by the network that had not
 * seen its cluster.
 *
 * @param seed of the division
 * @param dataHash of images and folds
 * @param folds in their order
 */
record Pool(long seed, String dataHash, List<Part> folds) {
  private static final Comparator<ScoredImage> ORDER =
      Comparator.comparing(ScoredImage::cluster).thenComparing(ScoredImage::projection);

  /**
   * One fold.
   *
   * @param test verdicts on the test fold
   * @param temperature that fits the validation fold
   * @param summary for the results
   */
  record Part(List<ScoredImage> test, Temperature temperature, Results.Fold summary) {}

  /** All test images, sorted. */
  List<ScoredImage> images() {
    return sorted(folds.stream().flatMap(part -> part.test().stream()));
  }

  /** The same with calibrated probabilities. */
  List<ScoredImage> calibrated() {
    return sorted(folds.stream().flatMap(part -> part.temperature().apply(part.test()).stream()));
  }

  private static List<ScoredImage> sorted(Stream<ScoredImage> images) {
    return images.sorted(ORDER).toList();
  }
}
