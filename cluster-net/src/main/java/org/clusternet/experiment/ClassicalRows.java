package org.clusternet.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.clusternet.classical.ClassicalClassifiers;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.Catalog;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.fold.Folds;
import org.clusternet.inference.Prediction;
import org.clusternet.metrics.ScoredImage;
import org.clusternet.metrics.Temperature;
import org.clusternet.progress.Counter;
import org.clusternet.progress.Progress;
import org.clusternet.run.RunPredictions;

/**
 * The classical classifiers as rows beside the networks: fitted on the training folds of the same
 * splits and tested on the same test folds. A classifier by thresholds has no probabilities; its
 * class gets probability 1, so that a cluster's mean over its projections is their majority vote.
 */
final class ClassicalRows {
  private final ClassicalClassifiers classifiers;

  private ClassicalRows(ClassicalClassifiers classifiers) {
    this.classifiers = classifiers;
  }

  /**
   * Measures all images, with all processors.
   *
   * @throws DataException if one cannot be measured
   */
  static ClassicalRows measure(Catalog catalog, Progress progress) {
    try (Counter counter = new Counter(progress, "measures")) {
      ClassicalClassifiers classifiers =
          ClassicalClassifiers.of(
              catalog, Runtime.getRuntime().availableProcessors(), counter::update);
      classifiers.table().notes().forEach(progress::line);
      return new ClassicalRows(classifiers);
    } catch (DataException e) {
      throw new DataException(
          e.getMessage() + "; or leave the classical classifiers out: --no-classical", e);
    }
  }

  /** Scores of all of them, over the folds of each pool of a network. */
  List<Analysis.ScoredRow> score(Analysis analysis, List<Pool> like, LongFunction<Folds> folds) {
    List<Analysis.ScoredRow> scored = new ArrayList<>();
    for (String name : classifiers.names()) {
      List<Pool> pools = new ArrayList<>();
      for (Pool other : like) {
        pools.add(new Pool(other.seed(), other.dataHash(), parts(name, folds.apply(other.seed()))));
      }
      scored.add(analysis.score(head(name), pools));
    }
    return scored;
  }

  private static Results.Row head(String name) {
    String description =
        name.equals(ClassicalClassifiers.JOINT)
            ? "logistic regression over all measures"
            : "two thresholds on a measure of the image";
    return new Results.Row(name, "classical", description, null, null, null, List.of(), null);
  }

  private List<Pool.Part> parts(String name, Folds folds) {
    List<Pool.Part> parts = new ArrayList<>();
    for (int fold = 0; fold < folds.count(); fold++) {
      Folds.Split split = folds.split(fold);
      ClassicalClassifiers.Fitted fitted = classifiers.fit(name, split.train());
      List<RunPredictions.Row> test = rows(fitted, "test", split.test());
      List<ScoredImage> validation =
          rows(fitted, "validation", split.validation()).stream().map(Pool::scored).toList();
      Optional<Temperature> temperature =
          fitted.probabilities(split.test().get(0)).map(p -> Temperature.fit(validation));
      parts.add(
          new Pool.Part(
              test,
              temperature,
              new Results.Fold(
                  fold,
                  null,
                  null,
                  ScoredImage.confusion(test.stream().map(Pool::scored).toList()).macroF1(),
                  ScoredImage.confusion(validation).macroF1(),
                  temperature.map(Temperature::value).orElse(null),
                  null,
                  null)));
    }
    return parts;
  }

  private List<RunPredictions.Row> rows(
      ClassicalClassifiers.Fitted fitted, String split, List<Integer> images) {
    List<RunPredictions.Row> rows = new ArrayList<>();
    for (int image : images) {
      CatalogEntry entry = classifiers.table().entries().get(image);
      rows.add(
          new RunPredictions.Row(
              entry.clusterId(),
              entry.projection(),
              entry.file(),
              split,
              entry.label(),
              new Prediction(probabilities(fitted, image), Optional.empty())));
    }
    return rows;
  }

  private static List<Double> probabilities(ClassicalClassifiers.Fitted fitted, int image) {
    double[] p =
        fitted
            .probabilities(image)
            .orElseGet(
                () -> {
                  double[] certain = new double[CoreType.values().length];
                  certain[fitted.predict(image).index()] = 1;
                  return certain;
                });
    List<Double> list = new ArrayList<>();
    for (double value : p) {
      list.add(Math.min(1, value));
    }
    return list;
  }
}
