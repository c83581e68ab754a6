package org.clusternet.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.metrics.ClassScores;
import org.clusternet.metrics.ClusterBootstrap;
import org.clusternet.metrics.Estimate;
import org.clusternet.metrics.McNemar;
import org.clusternet.metrics.Reliability;
import org.clusternet.network.Alphas;
import org.clusternet.text.Json;
import org.jspecify.annotations.Nullable;

/**
 * {@code results.json}: the results of an experiment. Keys are those below in snake_case; classes
 * are named CC, WCC and NCC and come in this order; an {@link Estimate} has value, low and high.
 * The predictions are in {@code predictions.csv}, whose columns row, seed and fold refer to the
 * entries here; the curves of a fold are in its folder, {@code metrics.csv}.
 *
 * @param experiment crossval, ablation or ablation-table2
 * @param version version of the program
 * @param settings settings of all runs; seed, fold, variant and alphas are those of each
 * @param data the images
 * @param folds number of folds; each is the test fold of one run per row and seed
 * @param seeds random seeds of the repeats
 * @param bootstrap settings of the confidence intervals: clusters are drawn, not images
 * @param rows one row per classifier, in the order of the paper's table
 * @param comparisons comparisons between rows
 */
public record Results(
    String experiment,
    String version,
    TrainingConfig settings,
    Data data,
    int folds,
    List<Long> seeds,
    ClusterBootstrap.Settings bootstrap,
    List<Row> rows,
    List<Comparison> comparisons) {

  /** Name of the file in the experiment's folder. */
  public static final String FILE_NAME = "results.json";

  /**
   * Reads {@code results.json}.
   *
   * @throws DataException if it is missing or malformed
   */
  public static Results read(Path file) {
    try {
      return Json.read(Files.readString(file), Results.class, file.toString());
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e, e);
    }
  }

  /** A line such as {@code CC 67, WCC 122, NCC 53}. */
  public static String counts(Map<String, Integer> byClass) {
    return byClass.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  /**
   * The images.
   *
   * @param folder the dataset folder
   * @param images number of images
   * @param clusters number of clusters
   * @param imagesByClass number of images of each class
   * @param clustersByClass number of clusters of each class
   */
  public record Data(
      @Nullable String folder,
      int images,
      int clusters,
      Map<String, Integer> imagesByClass,
      Map<String, Integer> clustersByClass) {}

  /**
   * A classifier.
   *
   * @param name name of the row, and for a network of its folder
   * @param kind network or classical
   * @param description short description; for a network the paper's name
   * @param variant variant of the network; null for a classical classifier
   * @param alphas weights of the terms of the network's loss; null for a classical classifier
   * @param paper the paper's figures, over another sample; null where it has none
   * @param repeats one repeat per seed
   * @param spread spread of figures over the seeds; null for one seed
   */
  public record Row(
      String name,
      String kind,
      String description,
      @Nullable String variant,
      @Nullable Alphas alphas,
      @Nullable Paper paper,
      List<Repeat> repeats,
      @Nullable Map<String, Spread> spread) {}

  /**
   * The paper's figures.
   *
   * @param macroF1 mean F1 of the three classes
   * @param classes precision, recall and F1 of every class; null where the paper has none
   */
  public record Paper(double macroF1, @Nullable Map<String, ClassScores> classes) {}

  /**
   * All folds of one seed, pooled.
   *
   * @param seed random seed of folds, weights and order of samples
   * @param dataHash SHA-256 of images and folds
   * @param images scores for the images, each predicted by the network not trained on its cluster
   * @param clusters scores for the clusters: probabilities averaged over a cluster's projections
   * @param calibration calibration of the images' probabilities; null for a classifier without any
   * @param folds one entry per fold
   */
  public record Repeat(
      long seed,
      String dataHash,
      Sample images,
      Sample clusters,
      @Nullable Calibration calibration,
      List<Fold> folds) {}

  /**
   * Scores of a set of predictions.
   *
   * @param count number of predictions
   * @param macroF1 mean F1 of the three classes
   * @param accuracy fraction that is correct
   * @param balancedAccuracy mean recall of the classes that occur
   * @param classes scores by class
   * @param confusionMatrix counts, labels in rows, predictions in columns
   * @param rowNormalised the counts as fractions of their row, Figure 3 of the paper
   * @param majorityMacroF1 score of always answering the most frequent class
   */
  public record Sample(
      int count,
      Estimate macroF1,
      Estimate accuracy,
      Estimate balancedAccuracy,
      Map<String, ClassEstimates> classes,
      int[][] confusionMatrix,
      List<List<Estimate>> rowNormalised,
      double majorityMacroF1) {

    /** The scores of a class. */
    public ClassEstimates of(CoreType type) {
      return Objects.requireNonNull(classes.get(type.name()), type.name());
    }
  }

  /**
   * Scores of one class.
   *
   * @param support number of predictions with that label
   * @param precision fraction of the predictions of the class that are correct
   * @param recall fraction of its members that are predicted to be of the class
   * @param f1 their harmonic mean
   */
  public record ClassEstimates(int support, Estimate precision, Estimate recall, Estimate f1) {}

  /**
   * Calibration of probabilities.
   *
   * @param before calibration of the network's probabilities
   * @param after calibration with the temperature of each fold, fitted on its validation fold
   */
  public record Calibration(Reliability before, Reliability after) {}

  /**
   * One training run.
   *
   * @param fold the test fold
   * @param folder run folder, relative to the experiment's; null for a classical classifier
   * @param epoch epoch chosen by the validation fold; null for a classical classifier
   * @param macroF1 macro F1 over the test fold
   * @param validationMacroF1 macro F1 over the validation fold
   * @param temperature temperature fitted on the validation fold; null without probabilities
   * @param seconds duration of the run; null for a classical classifier
   * @param device description of the device; null for a classical classifier
   */
  public record Fold(
      int fold,
      @Nullable String folder,
      @Nullable Integer epoch,
      double macroF1,
      @Nullable Double validationMacroF1,
      @Nullable Double temperature,
      @Nullable Double seconds,
      @Nullable String device) {}

  /**
   * A figure over several seeds or folds.
   *
   * @param mean mean of the values
   * @param standardDeviation standard deviation of the sample (n - 1)
   * @param least smallest value
   * @param most largest value
   */
  public record Spread(double mean, double standardDeviation, double least, double most) {}

  /**
   * Two rows over the same images.
   *
   * @param first name of a row
   * @param second name of another
   * @param images macro F1 of the images, second minus first
   * @param clusters macro F1 of the clusters, second minus first
   * @param mcnemar tests on the clusters, one per seed
   */
  public record Comparison(
      String first, String second, Test images, Test clusters, List<McNemarTest> mcnemar) {}

  /**
   * A paired bootstrap over clusters of the mean over the seeds.
   *
   * @param difference difference of macro F1 and its interval
   * @param p two-sided p value
   * @param pHolm p value corrected for the number of comparisons
   */
  public record Test(Estimate difference, double p, double pHolm) {}

  /**
   * McNemar's test.
   *
   * @param seed random seed of the repeat
   * @param counts clusters on which exactly one is right, and p values
   * @param pHolm the exact p value, corrected for the number of comparisons
   */
  public record McNemarTest(long seed, McNemar counts, double pHolm) {}
}
