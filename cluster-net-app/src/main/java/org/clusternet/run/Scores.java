package org.clusternet.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.clusternet.data.CoreType;
import org.clusternet.metrics.ClassScores;
import org.clusternet.metrics.ConfusionMatrix;
import org.clusternet.metrics.PaperResults;

/**
 * {@code metrics.json}: how a run ended.
 *
 * @param variant of the network
 * @param fold the test fold
 * @param epoch the one that the validation fold picked, from 1
 * @param epochs how many there were
 * @param test scores over the test fold
 * @param validation scores over the validation fold, by which the epoch was picked
 * @param majority what always answering the most frequent class of the training images would score
 *     over the test fold
 * @param paper the paper's figures for the variant, over another sample
 * @param trainingImages how many of each class
 * @param classWeights Eq. 13
 * @param versions of what computed it
 * @param device of what it was computed on, in one line
 * @param seconds how long the parts of the run took
 */
record Scores(
    String variant,
    int fold,
    int epoch,
    int epochs,
    Sample test,
    Sample validation,
    Majority majority,
    Paper paper,
    Map<String, Integer> trainingImages,
    List<Double> classWeights,
    Map<String, String> versions,
    String device,
    Map<String, Double> seconds) {

  /** Scores over a set of images; the confusion matrix has labels in rows. */
  record Sample(
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
  }

  /** The least to beat. */
  record Majority(String coreType, double macroF1, double accuracy) {
    static Majority of(ConfusionMatrix matrix, CoreType always) {
      ConfusionMatrix constant = matrix.constant(always);
      return new Majority(always.name(), constant.macroF1(), constant.accuracy());
    }
  }

  /** A row of Table I. */
  record Paper(String approach, double macroF1, Map<String, ClassScores> classes) {
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
