package org.clusternet.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import org.clusternet.data.CoreType;
import org.clusternet.data.random.CounterRandom;

/**
 * Uncertainty of scores under another sample of clusters: the bootstrap over clusters.
 *
 * <p>Clusters are drawn with replacement, each with all its images: the projections of a cluster
 * show the same gas and tend to be right or wrong together, so that drawing images would give
 * intervals that are too narrow (the cluster bootstrap; Davison and Hinkley 1997, "Bootstrap
 * Methods and their Application", section 3.8). Intervals are percentile intervals (Efron and
 * Tibshirani 1993, "An Introduction to the Bootstrap", section 13.3), with quantiles interpolated
 * linearly as NumPy does. They hold for the networks as they were trained: training is not
 * repeated.
 *
 * <p>The draws depend on the seed and the number of clusters only, so that two classifiers over the
 * same clusters get the same resamples and can be compared in pairs. A resample in which a class
 * does not occur counts with the scores that {@link ConfusionMatrix} gives it.
 */
public final class ClusterBootstrap {

  /**
   * Settings of the resampling.
   *
   * @param resamples number of resamples, at least 100
   * @param level coverage of the intervals, such as 0.95
   * @param seed random seed of the draws
   */
  public record Settings(int resamples, double level, long seed) {
    private static final int FEWEST = 100;

    /** Checks the numbers. */
    public Settings {
      if (resamples < FEWEST) {
        throw new IllegalArgumentException(
            "resamples=" + resamples + "; at least " + FEWEST + " are needed for an interval");
      }
      if (!(level > 0 && level < 1)) {
        throw new IllegalArgumentException("level=" + level + "; it must be between 0 and 1");
      }
    }

    /** 10 000 resamples, intervals of 95 %. */
    public static Settings defaults() {
      return new Settings(10_000, 0.95, 0);
    }
  }

  private final Settings settings;
  private final List<String> clusters;
  private final ConfusionMatrix observed;
  private final List<ConfusionMatrix> resampled;

  private ClusterBootstrap(
      Settings settings,
      List<String> clusters,
      ConfusionMatrix observed,
      List<ConfusionMatrix> resampled) {
    this.settings = settings;
    this.clusters = clusters;
    this.observed = observed;
    this.resampled = resampled;
  }

  /**
   * Resamples.
   *
   * @param images images of at least one cluster
   * @param settings settings of the resampling
   */
  public static ClusterBootstrap of(List<ScoredImage> images, Settings settings) {
    SortedMap<String, int[]> counts = new TreeMap<>();
    int classes = CoreType.values().length;
    for (ScoredImage image : images) {
      int cell = image.label().index() * classes + image.prediction().index();
      counts.computeIfAbsent(image.cluster(), c -> new int[classes * classes])[cell]++;
    }
    int[][] cells = counts.values().toArray(int[][]::new);
    List<ConfusionMatrix> resampled = new ArrayList<>(settings.resamples());
    for (int draw = 0; draw < settings.resamples(); draw++) {
      resampled.add(draw(cells, new CounterRandom(settings.seed(), "bootstrap", draw), classes));
    }
    return new ClusterBootstrap(
        settings, List.copyOf(counts.keySet()), ScoredImage.confusion(images), resampled);
  }

  private static ConfusionMatrix draw(int[][] cells, CounterRandom random, int classes) {
    int[][] sum = new int[classes][classes];
    for (int i = 0; i < cells.length; i++) {
      int[] cluster = cells[random.nextInt(cells.length)];
      for (int c = 0; c < cluster.length; c++) {
        sum[c / classes][c % classes] += cluster[c];
      }
    }
    return ConfusionMatrix.of(sum);
  }

  /** A score of the sample, and its percentile interval. */
  public Estimate estimate(ToDoubleFunction<ConfusionMatrix> score) {
    return interval(score.applyAsDouble(observed), values(score), settings);
  }

  /**
   * The mean score of several samples of the same clusters, such as repeats of a training or
   * observations of other depths, and its percentile interval.
   *
   * @param samples resampled with the same settings
   * @param score the score of each
   * @throws IllegalArgumentException if they are not over the same clusters
   */
  public static Estimate mean(
      List<ClusterBootstrap> samples, ToDoubleFunction<ConfusionMatrix> score) {
    ClusterBootstrap one = samples.get(0);
    requirePaired(one, samples);
    double[] values = new double[one.settings.resamples()];
    double value = add(samples, score, 1.0 / samples.size(), values);
    return interval(value, values, one.settings);
  }

  /** The score of every resample. */
  double[] values(ToDoubleFunction<ConfusionMatrix> score) {
    return resampled.stream().mapToDouble(score).toArray();
  }

  /** The matrix of the sample itself. */
  public ConfusionMatrix observed() {
    return observed;
  }

  private static Estimate interval(double value, double[] values, Settings settings) {
    Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
    percentile.setData(values);
    double tail = (1 - settings.level()) / 2;
    return new Estimate(
        value, percentile.evaluate(100 * tail), percentile.evaluate(100 * (1 - tail)));
  }

  /**
   * A difference between two classifiers.
   *
   * @param score score of the second minus that of the first
   * @param p two-sided p value: twice the smaller of the fractions of resamples with a difference
   *     that is not above and not below zero, each count increased by one (Davison and Hinkley
   *     1997, Eq. 4.11), so that it is never 0
   */
  public record Difference(Estimate score, double p) {}

  /**
   * The paired bootstrap of a difference. Classifiers that were trained several times, with other
   * seeds, are compared by the mean over their repeats.
   *
   * @param first the repeats of one classifier
   * @param second as many repeats of the other, over the same clusters with the same settings
   * @param score the score to compare
   * @throws IllegalArgumentException if they are not over the same clusters
   */
  public static Difference difference(
      List<ClusterBootstrap> first,
      List<ClusterBootstrap> second,
      ToDoubleFunction<ConfusionMatrix> score) {
    ClusterBootstrap one = first.get(0);
    requirePaired(one, second);
    double value = 0;
    double[] values = new double[one.settings.resamples()];
    value += add(second, score, 1.0 / second.size(), values);
    value += add(first, score, -1.0 / first.size(), values);
    int notAbove = 0;
    int notBelow = 0;
    for (double v : values) {
      notAbove += v <= 0 ? 1 : 0;
      notBelow += v >= 0 ? 1 : 0;
    }
    double p = 2.0 * (Math.min(notAbove, notBelow) + 1) / (values.length + 1);
    return new Difference(interval(value, values, one.settings), Math.min(1, p));
  }

  private static void requirePaired(ClusterBootstrap one, List<ClusterBootstrap> others) {
    for (ClusterBootstrap other : others) {
      if (!one.clusters.equals(other.clusters) || !one.settings.equals(other.settings)) {
        throw new IllegalArgumentException(
            "paired bootstrap: clusters=%d and %d; both sides must be over the same"
                .formatted(one.clusters.size(), other.clusters.size()));
      }
    }
  }

  private static double add(
      List<ClusterBootstrap> repeats,
      ToDoubleFunction<ConfusionMatrix> score,
      double weight,
      double[] values) {
    double value = 0;
    for (ClusterBootstrap repeat : repeats) {
      double[] own = repeat.values(score);
      for (int i = 0; i < own.length; i++) {
        values[i] += weight * own[i];
      }
      value += weight * score.applyAsDouble(repeat.observed);
    }
    return value;
  }
}
