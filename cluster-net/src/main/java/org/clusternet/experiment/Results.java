package org.clusternet.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.clusternet.config.TrainingConfig;
import org.clusternet.data.DataException;
import org.clusternet.metrics.ClassScores;
import org.clusternet.metrics.ClusterBootstrap;
import org.clusternet.metrics.Estimate;
import org.clusternet.metrics.McNemar;
import org.clusternet.metrics.Reliability;
import org.clusternet.network.Alphas;
import org.clusternet.text.Json;

/**
 * {@code results.json}: all that an experiment found. Keys are those below in snake_case; classes
 * are named CC, WCC and NCC and come in this order; an {@link Estimate} has value, low and high.
 * The predictions behind it are in {@code predictions.csv}, whose columns row, seed and fold lead
 * back here; the curves of a fold are in its folder, {@code metrics.csv}.
 *
 * @param experiment crossval, ablation or ablation-table2
 * @param version of the program
 * @param settings of all runs; seed, fold, variant and alphas are those of each
 * @param data the images
 * @param folds how many; each is the test fold of one run a row and seed
 * @param seeds of the repeats
 * @param bootstrap how the intervals were found: clusters are drawn, not images
 * @param rows one a classifier, in the order of the paper's table
 * @param comparisons between rows
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

  /** The file's name within the experiment's folder. */
  public static final String FILE_NAME = "results.json";

  /**
   * Reads {@code results.json}.
   *
   * @throws DataException if it is missing or not of this form
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
   * @param images how many
   * @param clusters how many
   * @param imagesByClass how many of each class
   * @param clustersByClass how many of each class
   */
  public record Data(
      String folder,
      int images,
      int clusters,
      Map<String, Integer> imagesByClass,
      Map<String, Integer> clustersByClass) {}

  /**
   * A classifier.
   *
   * @param name of the row; for a network also of its folder
   * @param kind network or classical
   * @param description in a few words; the paper's name of a network
   * @param variant of the network; null for a classical classifier
   * @param alphas of the network's loss; null for a classical classifier
   * @param paper the paper's figures, over another sample; null where it has none
   * @param repeats one a seed
   * @param spread of figures over the seeds; null where there is one seed only
   */
  public record Row(
      String name,
      String kind,
      String description,
      String variant,
      Alphas alphas,
      Paper paper,
      List<Repeat> repeats,
      Map<String, Spread> spread) {}

  /**
   * The paper's figures.
   *
   * @param macroF1 mean F1 of the three classes
   * @param classes precision, recall and F1 of every class; null where the paper has none
   */
  public record Paper(double macroF1, Map<String, ClassScores> classes) {}

  /**
   * All folds of one seed, pooled.
   *
   * @param seed of folds, weights and order
   * @param dataHash of images and folds: SHA-256
   * @param images scores of the images, each predicted by the network that had not seen its cluster
   * @param clusters scores of the clusters: probabilities averaged over a cluster's projections
   * @param calibration of the images' probabilities; null for a classifier that has none
   * @param folds one a fold
   */
  public record Repeat(
      long seed,
      String dataHash,
      Sample images,
      Sample clusters,
      Calibration calibration,
      List<Fold> folds) {}

  /**
   * Scores of a set of verdicts.
   *
   * @param count how many verdicts
   * @param macroF1 mean F1 of the three classes
   * @param accuracy part that is right
   * @param balancedAccuracy mean recall of the classes that occur
   * @param classes by class
   * @param confusionMatrix counts, labels in rows, predictions in columns
   * @param rowNormalised the same as parts of each row, Figure 3 of the paper
   * @param majorityMacroF1 what always answering the most frequent class would score
   */
  public record Sample(
      int count,
      Estimate macroF1,
      Estimate accuracy,
      Estimate balancedAccuracy,
      Map<String, ClassEstimates> classes,
      int[][] confusionMatrix,
      List<List<Estimate>> rowNormalised,
      double majorityMacroF1) {}

  /**
   * How well a class is told from the others.
   *
   * @param support verdicts of that true class
   * @param precision of the verdicts for it, the part that is right
   * @param recall of its members, the part found
   * @param f1 their harmonic mean
   */
  public record ClassEstimates(int support, Estimate precision, Estimate recall, Estimate f1) {}

  /**
   * Whether probabilities mean what they say.
   *
   * @param before as the network gives them
   * @param after divided by the temperature of their fold, fitted on its validation fold
   */
  public record Calibration(Reliability before, Reliability after) {}

  /**
   * One training run.
   *
   * @param fold the test fold
   * @param folder the run folder, relative to the experiment's; null for a classical classifier
   * @param epoch the one that the validation fold picked; null for a classical classifier
   * @param macroF1 over the test fold
   * @param validationMacroF1 over the validation fold; null for a classical classifier
   * @param temperature fitted on the validation fold; null for a classifier without probabilities
   * @param seconds that it took; null for a classical classifier
   * @param device on what; null for a classical classifier
   */
  public record Fold(
      int fold,
      String folder,
      Integer epoch,
      double macroF1,
      Double validationMacroF1,
      Double temperature,
      Double seconds,
      String device) {}

  /**
   * A figure over several seeds or folds.
   *
   * @param mean of them
   * @param standardDeviation with n - 1
   * @param least of them
   * @param most of them
   */
  public record Spread(double mean, double standardDeviation, double least, double most) {}

  /**
   * Two rows over the same images.
   *
   * @param first name of a row
   * @param second name of another
   * @param images macro F1 of the images, second less first
   * @param clusters macro F1 of the clusters, second less first
   * @param mcnemar on clusters, one a seed
   */
  public record Comparison(
      String first, String second, Test images, Test clusters, List<McNemarTest> mcnemar) {}

  /**
   * A paired bootstrap over clusters, of the mean over the seeds.
   *
   * @param difference of macro F1 and its interval
   * @param p two-sided
   * @param pHolm corrected for the number of comparisons
   */
  public record Test(Estimate difference, double p, double pHolm) {}

  /**
   * McNemar's test.
   *
   * @param seed of the repeat
   * @param counts clusters on which exactly one is right, and p values
   * @param pHolm the exact p value, corrected for the number of comparisons
   */
  public record McNemarTest(long seed, McNemar counts, double pHolm) {}
}
