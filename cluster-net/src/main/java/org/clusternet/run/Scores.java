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

/**
 * {@code metrics.json}: how a run ended.
 *
 * @param variant of the network
 * @param fold the test fold
 * @param folds how many there are
 * @param epoch the one that the validation fold picked, from 1
 * @param epochs how many there were
 * @param test scores over the test fold
 * @param validation scores over the validation fold, by which the epoch was picked
 * @param majority what always answering the most frequent class of the training images would score
 *     over the test fold
 * @param paper the paper's figures for the variant, over another sample
 * @param trainingImages how many of each class
 * @param classWeights Eq. 13
 * @param dataHash of what the network saw: SHA-256 of classes, folds and preprocessed pixels
 * @param versions of what computed it
 * @param device of what it was computed on, in one line
 * @param seconds how long the parts of the run took
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
    Paper paper,
    Map<String, Integer> trainingImages,
    List<Double> classWeights,
    String dataHash,
    Map<String, String> versions,
    String device,
    Map<String, Double> seconds) {

  /**
   * Reads {@code metrics.json}.
   *
   * @throws DataException if it is missing or not of this form
   */
  public static Scores read(Path file) {
    try {
      return Json.read(Files.readString(file), Scores.class, file.toString());
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + e, e);
    }
  }

  /** The scores over the test fold as a table for people, the paper's beside them. */
  public String table() {
    return "variant %s, test fold %d of %d, epoch %d of %d\n"
            .formatted(variant, fold, folds, epoch, epochs)
        + ScoreTable.draw(
            test.matrix(), CoreType.valueOf(majority.coreType()), PaperResults.of(variant));
  }

  /**
   * Scores over a set of images.
   *
   * @param images how many
   * @param loss mean total loss (Eq. 9)
   * @param macroF1 mean F1 of the three classes
   * @param accuracy part predicted rightly
   * @param balancedAccuracy mean recall of the classes that occur
   * @param classes precision, recall and F1 by class
   * @param confusionMatrix labels in rows, predictions in columns
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
   * The least to beat.
   *
   * @param coreType the constant answer
   * @param macroF1 its mean F1
   * @param accuracy part predicted rightly
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
   * @param approach its name there
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
