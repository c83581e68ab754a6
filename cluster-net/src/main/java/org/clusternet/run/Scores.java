package org.clusternet.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.metrics.ClassScores;
import org.clusternet.metrics.ConfusionMatrix;
import org.clusternet.metrics.PaperResults;
import org.clusternet.metrics.ScoreTable;
import org.clusternet.text.Json;
import org.jspecify.annotations.Nullable;

/**
 * {@code metrics.json}: the result of a run.
 *
 * @param variant variant of the network
 * @param fold the test fold
 * @param folds number of folds
 * @param epoch the epoch chosen by the validation fold, from 1
 * @param epochs number of epochs
 * @param test scores over the test fold
 * @param validation scores over the validation fold, which chose the epoch
 * @param majority score over the test fold of always answering the most frequent class of the
 *     training images
 * @param paper the paper's figures for the variant, over another sample; null where it has none
 * @param trainingImages number of training images of each class
 * @param classWeights weights of the classes, Eq. 13
 * @param dataHash SHA-256 of classes, folds and preprocessed pixels
 * @param versions versions of the program, Java and the system
 * @param device description of the device, in one line
 * @param seconds durations of the parts of the run
 */
public record Scores(
    String variant,
    int fold,
    int folds,
    int epoch,
    int epochs,
    Sample test,
    Sample validation,
    Majority majority,
    @Nullable Paper paper,
    Map<String, Integer> trainingImages,
    List<Double> classWeights,
    String dataHash,
    Map<String, String> versions,
    String device,
    Map<String, Double> seconds) {

  /**
   * Reads {@code metrics.json}.
   *
   * @throws DataException if it is missing or malformed
   */
  public static Scores read(Path file) {
    try {
      return Json.read(Files.readString(file), Scores.class, file.toString());
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e, e);
    }
  }

  /** The scores over the test fold beside the paper's, as a text table. */
  public String table() {
    return "variant %s, test fold %d of %d, epoch %d of %d\n"
            .formatted(variant, fold, folds, epoch, epochs)
        + ScoreTable.draw(
            test.matrix(), CoreType.valueOf(majority.coreType()), PaperResults.of(variant));
  }

  /**
   * Scores over a set of images.
   *
   * @param images number of images
   * @param loss mean total loss (Eq. 9)
   * @param macroF1 mean F1 of the three classes
   * @param accuracy fraction of correct predictions
   * @param balancedAccuracy mean recall of the classes that occur
   * @param classes precision, recall and F1 by class
   * @param confusionMatrix counts, labels in rows and predictions in columns
   */
  public record Sample(
      int images,
      double loss,
      double macroF1,
      double accuracy,
      double balancedAccuracy,
      Map<String, ClassScores> classes,
      int[][] confusionMatrix) {

    static Sample of(ConfusionMatrix matrix, double loss) {
      return new Sample(
          matrix.total(),
          loss,
          matrix.macroF1(),
          matrix.accuracy(),
          matrix.balancedAccuracy(),
          byName(matrix::scores),
          matrix.counts());
    }

    /** The confusion matrix, from which all but the loss follows. */
    public ConfusionMatrix matrix() {
      return ConfusionMatrix.of(confusionMatrix);
    }
  }

  /**
   * Scores of always answering one class, which a classifier must exceed.
   *
   * @param coreType the class
   * @param macroF1 mean F1 of the three classes
   * @param accuracy fraction of correct predictions
   */
  public record Majority(String coreType, double macroF1, double accuracy) {
    static Majority of(ConfusionMatrix matrix, CoreType always) {
      ConfusionMatrix constant = matrix.constant(always);
      return new Majority(always.name(), constant.macroF1(), constant.accuracy());
    }
  }

  /**
   * A row of Table I.
   *
   * @param approach name of the approach in the table
   * @param macroF1 mean F1 of the three classes
   * @param classes precision, recall and F1 by class
   */
  public record Paper(String approach, double macroF1, Map<String, ClassScores> classes) {
    static Paper of(PaperResults results) {
      return new Paper(results.approach(), results.macroF1(), byName(results.classes()::get));
    }
  }

  /** A map in the order of the classes. */
  static <T> Map<String, T> byName(Function<CoreType, T> values) {
    Map<String, T> map = new LinkedHashMap<>();
    for (CoreType type : CoreType.values()) {
      map.put(type.name(), values.apply(type));
    }
    return map;
  }
}
