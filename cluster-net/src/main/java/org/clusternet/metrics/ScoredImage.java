package org.clusternet.metrics;

import java.util.List;
import org.clusternet.data.CoreType;

/**
 * A classifier's prediction for an image, and the image's label.
 *
 * @param cluster name of the cluster, the same for all its projections
 * @param projection name of the line of sight
 * @param label the true class
 * @param probabilities probabilities of CC, WCC and NCC, in this order, none negative
 */
public record ScoredImage(
    String cluster, String projection, CoreType label, List<Double> probabilities) {

  /**
   * Copies and checks the probabilities.
   *
   * @throws IllegalArgumentException unless there is one per class, each from 0 to 1
   */
  public ScoredImage {
    probabilities = List.copyOf(probabilities);
    if (probabilities.size() != CoreType.values().length
        || probabilities.stream().anyMatch(p -> !(p >= 0 && p <= 1))) {
      throw new IllegalArgumentException(
          "%s %s: probabilities=%s; one per class is needed, each from 0 to 1"
              .formatted(cluster, projection, probabilities));
    }
  }

  /** The most probable class; of equally probable ones the one with the shorter cooling time. */
  public CoreType prediction() {
    CoreType most = CoreType.CC;
    for (CoreType type : CoreType.values()) {
      if (probabilities.get(type.index()) > probabilities.get(most.index())) {
        most = type;
      }
    }
    return most;
  }

  /** The probability of the most probable class. */
  public double confidence() {
    return probabilities.get(prediction().index());
  }

  /** Whether the most probable class is the true one. */
  public boolean isRight() {
    return prediction() == label;
  }

  /** The confusion matrix of images. */
  public static ConfusionMatrix confusion(List<ScoredImage> images) {
    return ConfusionMatrix.of(
        images.stream().map(ScoredImage::label).toList(),
        images.stream().map(ScoredImage::prediction).toList());
  }
}
