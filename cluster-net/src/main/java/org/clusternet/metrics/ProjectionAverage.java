package org.clusternet.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.clusternet.data.CoreType;

/**
 * Test-time averaging: a cluster's probabilities are the mean over its projections, which see the
 * same gas along different lines of sight. One verdict a cluster comes of it, and these verdicts,
 * unlike those of images, are independent of each other.
 */
public final class ProjectionAverage {
  /** Stands in the place of a projection's name. */
  public static final String MEAN = "mean";

  private ProjectionAverage() {}

  /**
   * One entry a cluster, sorted by name. Its label is that of most of its images, the cooler core's
   * where two are equally frequent, as in {@link org.clusternet.data.fold.Folds}.
   */
  public static List<ScoredImage> of(List<ScoredImage> images) {
    Map<String, List<ScoredImage>> clusters = new TreeMap<>();
    for (ScoredImage image : images) {
      clusters.computeIfAbsent(image.cluster(), c -> new ArrayList<>()).add(image);
    }
    return clusters.values().stream().map(ProjectionAverage::average).toList();
  }

  private static ScoredImage average(List<ScoredImage> images) {
    Map<CoreType, Integer> votes = new EnumMap<>(CoreType.class);
    double[] sums = new double[CoreType.values().length];
    for (ScoredImage image : images) {
      votes.merge(image.label(), 1, Integer::sum);
      for (int k = 0; k < sums.length; k++) {
        sums[k] += image.probabilities().get(k);
      }
    }
    int most = Collections.max(votes.values());
    CoreType label =
        votes.keySet().stream().filter(t -> votes.get(t) == most).findFirst().orElseThrow();
    List<Double> means = new ArrayList<>();
    for (double sum : sums) {
      means.add(sum / images.size());
    }
    return new ScoredImage(images.get(0).cluster(), MEAN, label, means);
  }
}
