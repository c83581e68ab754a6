package org.clusternet.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.clusternet.data.CoreType;
import org.clusternet.metrics.ClusterBootstrap;
import org.clusternet.metrics.ConfusionMatrix;
import org.clusternet.metrics.Estimate;
import org.clusternet.metrics.ProjectionAverage;
import org.clusternet.metrics.Reliability;
import org.clusternet.metrics.ScoredImage;
import org.jspecify.annotations.Nullable;

/**
 * From the pooled predictions of a classifier to its scores for images, and for clusters, whose
 * probabilities are the mean over their projections.
 */
final class Analysis {
  private final ClusterBootstrap.Settings settings;

  Analysis(ClusterBootstrap.Settings settings) {
    this.settings = settings;
  }

  /**
   * A classifier with its scores.
   *
   * @param row row of the results
   * @param pools predictions, one pool per seed
   * @param images bootstrap over the images' predictions, one per seed
   * @param clusters bootstrap over the clusters' predictions, one per seed
   * @param clusterPredictions predictions for the clusters, one list per seed
   */
  record ScoredRow(
      Results.Row row,
      List<Pool> pools,
      List<ClusterBootstrap> images,
      List<ClusterBootstrap> clusters,
      List<List<ScoredImage>> clusterPredictions) {}

  /** Scores of a classifier, one pool per seed; fills in repeats and spread of the row. */
  ScoredRow score(Results.Row head, List<Pool> pools) {
    List<ClusterBootstrap> images = new ArrayList<>();
    List<ClusterBootstrap> clusters = new ArrayList<>();
    List<List<ScoredImage>> predictions = new ArrayList<>();
    List<Results.Repeat> repeats = new ArrayList<>();
    for (Pool pool : pools) {
      List<ScoredImage> pooled = pool.images();
      predictions.add(ProjectionAverage.of(pooled));
      images.add(ClusterBootstrap.of(pooled, settings));
      clusters.add(ClusterBootstrap.of(predictions.get(predictions.size() - 1), settings));
      repeats.add(
          new Results.Repeat(
              pool.seed(),
              pool.dataHash(),
              sample(images.get(images.size() - 1)),
              sample(clusters.get(clusters.size() - 1)),
              calibration(pool, pooled),
              pool.folds().stream().map(Pool.Part::summary).toList()));
    }
    Results.Row row =
        new Results.Row(
            head.name(),
            head.kind(),
            head.description(),
            head.variant(),
            head.alphas(),
            head.paper(),
            repeats,
            repeats.size() < 2 ? null : spread(repeats));
    return new ScoredRow(row, List.copyOf(pools), images, clusters, predictions);
  }

  private static Results.@Nullable Calibration calibration(Pool pool, List<ScoredImage> pooled) {
    return pool.hasProbabilities()
        ? new Results.Calibration(Reliability.of(pooled), Reliability.of(pool.calibrated()))
        : null;
  }

  /** Scores and their intervals. */
  static Results.Sample sample(ClusterBootstrap bootstrap) {
    ConfusionMatrix matrix = bootstrap.observed();
    Map<String, Results.ClassEstimates> classes = new LinkedHashMap<>();
    List<List<Estimate>> normalised = new ArrayList<>();
    for (CoreType type : CoreType.values()) {
      classes.put(
          type.name(),
          new Results.ClassEstimates(
              matrix.support(type),
              bootstrap.estimate(m -> m.scores(type).precision()),
              bootstrap.estimate(m -> m.scores(type).recall()),
              bootstrap.estimate(m -> m.scores(type).f1())));
      normalised.add(
          Arrays.stream(CoreType.values())
              .map(predicted -> bootstrap.estimate(m -> m.rowShare(type, predicted)))
              .toList());
    }
    return new Results.Sample(
        matrix.total(),
        bootstrap.estimate(ConfusionMatrix::macroF1),
        bootstrap.estimate(ConfusionMatrix::accuracy),
        bootstrap.estimate(ConfusionMatrix::balancedAccuracy),
        classes,
        matrix.counts(),
        normalised,
        Arrays.stream(CoreType.values())
            .mapToDouble(type -> matrix.constant(type).macroF1())
            .max()
            .orElseThrow());
  }

  private static Map<String, Results.Spread> spread(List<Results.Repeat> repeats) {
    Map<String, Results.Spread> spread = new LinkedHashMap<>();
    addSpread(spread, "", repeats, Results.Repeat::images);
    addSpread(spread, "cluster_", repeats, Results.Repeat::clusters);
    List<Results.Calibration> calibrations =
        repeats.stream().map(Results.Repeat::calibration).filter(Objects::nonNull).toList();
    if (!calibrations.isEmpty()) {
      spread.put("ece_before", spread(calibrations, c -> c.before().ece()));
      spread.put("ece_after", spread(calibrations, c -> c.after().ece()));
    }
    return spread;
  }

  private static void addSpread(
      Map<String, Results.Spread> spread,
      String prefix,
      List<Results.Repeat> repeats,
      Function<Results.Repeat, Results.Sample> set) {
    spread.put(prefix + "macro_f1", spread(repeats, r -> set.apply(r).macroF1().value()));
    spread.put(prefix + "accuracy", spread(repeats, r -> set.apply(r).accuracy().value()));
    spread.put(
        prefix + "balanced_accuracy",
        spread(repeats, r -> set.apply(r).balancedAccuracy().value()));
    for (CoreType type : CoreType.values()) {
      spread.put(
          prefix + "f1_" + Labels.key(type),
          spread(repeats, r -> set.apply(r).of(type).f1().value()));
    }
  }

  /** Mean, standard deviation and range of a figure over items. */
  static <T> Results.Spread spread(List<T> items, ToDoubleFunction<T> figure) {
    SummaryStatistics statistics = new SummaryStatistics();
    items.forEach(item -> statistics.addValue(figure.applyAsDouble(item)));
    return new Results.Spread(
        statistics.getMean(),
        statistics.getStandardDeviation(),
        statistics.getMin(),
        statistics.getMax());
  }
}
