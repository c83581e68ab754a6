package org.clusternet.metrics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clusternet.data.CoreType;

/**
 * The paper's figures for one of its approaches: Table I, ten folds of 954 images of TNG300,
 * initial weights from ImageNet.
 *
 * @param approach name of the approach in the table
 * @param macroF1 the mean of the F1 of the three classes
 * @param classes precision, recall and F1 of every class
 */
public record PaperResults(String approach, double macroF1, Map<CoreType, ClassScores> classes) {

  private static final Map<String, PaperResults> TABLE =
      Map.of(
          "baseline",
          row("Baseline", 0.803, 0.59, 0.79, 0.68, 0.92, 0.85, 0.88, 0.84, 0.86, 0.85),
          "attention",
          row("Ours(Att)", 0.823, 0.62, 0.81, 0.70, 0.93, 0.86, 0.89, 0.86, 0.90, 0.88),
          "gaussian",
          row("Ours(Gauss)", 0.813, 0.58, 0.79, 0.67, 0.93, 0.85, 0.89, 0.86, 0.90, 0.88),
          "both",
          row("Ours(Att+Gauss)", 0.827, 0.67, 0.79, 0.73, 0.91, 0.86, 0.89, 0.84, 0.88, 0.86),
          "all",
          row("Ours(all)", 0.830, 0.65, 0.86, 0.74, 0.94, 0.85, 0.89, 0.83, 0.90, 0.86));

  private static final Map<List<Double>, Double> TABLE_TWO =
      Map.of(
          List.of(0.8, 0.1, 0.1, 1.0), 0.813,
          List.of(0.8, 0.1, 0.1, 100.0), 0.817,
          List.of(0.1, 0.1, 0.8, 0.1), 0.823,
          List.of(0.1, 0.8, 0.1, 0.1), 0.820,
          List.of(0.8, 0.1, 0.1, 0.1), 0.830);

  /** Copies the scores. */
  public PaperResults {
    classes = Map.copyOf(classes);
  }

  /**
   * The row of a variant of the network.
   *
   * @param variant {@code baseline}, {@code attention}, {@code gaussian}, {@code both} or {@code
   *     all}
   * @return the paper's figures, empty for another name
   */
  public static Optional<PaperResults> of(String variant) {
    return Optional.ofNullable(TABLE.get(variant));
  }

  /**
   * The macro F1 of the whole network with other weights of the terms of the loss, Table II. Its
   * first row, the baseline, is that of Table I.
   *
   * @param alphas weights of the primary, auxiliary, fusion and regression loss
   * @return the paper's figure, empty for other weights
   */
  public static OptionalDouble macroF1(double... alphas) {
    Double found = TABLE_TWO.get(Arrays.stream(alphas).boxed().toList());
    return found == null ? OptionalDouble.empty() : OptionalDouble.of(found);
  }

  private static PaperResults row(String approach, double macroF1, double... scores) {
    Map<CoreType, ClassScores> classes = new EnumMap<>(CoreType.class);
    for (CoreType type : CoreType.values()) {
      int at = 3 * type.index();
      classes.put(type, new ClassScores(scores[at], scores[at + 1], scores[at + 2]));
    }
    return new PaperResults(approach, macroF1, classes);
  }
}
