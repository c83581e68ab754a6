package org.clusternet.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.clusternet.data.CoreType;

/**
 * Test-time averaging: a cluster's probabilities are the mean over its projections, which show the
 * same gas along different lines of sight. This gives one prediction per cluster; predictions for
 * clusters, unlike those for images, are independent of each other.
 */
public final class ProjectionAverage {
  /** Takes the place of the projection's name. */
  public static final String MEAN = "mean";

  private ProjectionAverage() {}

  /**
   * One entry per cluster, sorted by name. Its label is the {@linkplain CoreType#mostFrequent most
   * frequent} of its images, as in {@link org.clusternet.data.fold.Folds}.
   */
  public static List<ScoredImage> of(List<ScoredImage> images) {
    Map<String, List<ScoredImage>> clusters = new TreeMap<>();
    for (ScoredImage image : images) {
      clusters.computeIfAbsent(image.cluster(), c -> new ArrayList<>()).add(image);
    }
    return clusters.values().stream().map(ProjectionAverage::average).toList();
  }

  private static ScoredImage average(List<ScoredImage> images) {
    double[] sums = new double[CoreType.values().length];
    for (ScoredImage image : images) {
      for (int k = 0; k < sums.length; k++) {
        sums[k] += image.probabilities().get(k);
      }
    }
    CoreType label = CoreType.mostFrequent(images.stream().map(ScoredImage::label).toList());
    List<Double> means = new ArrayList<>();
    for (double sum : sums) {
      means.add(sum / images.size());
    }
    return new ScoredImage(images.get(0).cluster(), MEAN, label, means);
  }
}
