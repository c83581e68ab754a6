package org.clusternet.metrics;

import java.util.Formatter;
import java.util.Locale;
import java.util.Optional;
import org.clusternet.data.CoreType;

/**
 * A confusion matrix and its scores as a text table, beside the paper's figures for the same
 * variant.
 *
 * <p>The paper's figures are for another sample (TNG300), pooled over ten folds, with initial
 * weights from ImageNet: they show what can be reached, not a result to reproduce.
 */
public final class ScoreTable {
  private static final String DASH = "-";

  private ScoreTable() {}

  /**
   * Formats the table.
   *
   * @param matrix the confusion matrix
   * @param majority the most frequent class of the training images; a classifier must exceed the
   *     score of always answering it
   * @param paper the paper's figures, if there are any
   * @return lines, each with its end
   */
  public static String draw(
      ConfusionMatrix matrix, CoreType majority, Optional<PaperResults> paper) {
    Formatter text = new Formatter(Locale.ROOT);
    text.format("%-8s%18s%18s%18s%9s\n", "class", "precision", "recall", "F1", "images");
    text.format("%-8s%18s%18s%18s\n", "", "ours  paper", "ours  paper", "ours  paper");
    for (CoreType type : CoreType.values()) {
      ClassScores ours = matrix.scores(type);
      Optional<ClassScores> theirs = paper.map(p -> p.classes().get(type));
      text.format(
          "%-8s%18s%18s%18s%9d\n",
          type,
          pair(ours.precision(), theirs.map(ClassScores::precision)),
          pair(ours.recall(), theirs.map(ClassScores::recall)),
          pair(ours.f1(), theirs.map(ClassScores::f1)),
          matrix.support(type));
    }
    text.format(
        "macro F1 %.3f (paper %s; always %s: %.3f), accuracy %.3f, balanced accuracy %.3f\n",
        matrix.macroF1(),
        paper.map(p -> decimals(p.macroF1(), 3)).orElse(DASH),
        majority,
        matrix.constant(majority).macroF1(),
        matrix.accuracy(),
        matrix.balancedAccuracy());
    text.format("%-16s%6s%6s%6s\n", "label \\ predicted", CoreType.CC, CoreType.WCC, CoreType.NCC);
    for (CoreType label : CoreType.values()) {
      text.format(
          "%-17s%6d%6d%6d\n",
          label,
          matrix.count(label, CoreType.CC),
          matrix.count(label, CoreType.WCC),
          matrix.count(label, CoreType.NCC));
    }
    return text.toString();
  }

  private static String pair(double ours, Optional<Double> theirs) {
    return "%s%7s".formatted(decimals(ours, 2), theirs.map(v -> decimals(v, 2)).orElse(DASH));
  }

  private static String decimals(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
