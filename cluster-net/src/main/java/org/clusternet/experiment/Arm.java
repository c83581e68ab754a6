package org.clusternet.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.clusternet.metrics.PaperResults;
import org.clusternet.network.Alphas;
import org.clusternet.network.Variant;

/**
 * A row of the paper's tables that is trained: an approach with weights of the terms of its loss.
 *
 * @param variant the approach
 * @param alphas weights of the terms of the loss
 */
public record Arm(Variant variant, Alphas alphas) {

  /** The five rows of Table I. */
  public static List<Arm> tableOne(Alphas alphas) {
    return Arrays.stream(Variant.values()).map(variant -> new Arm(variant, alphas)).toList();
  }

  /** The six rows of Table II. */
  public static List<Arm> tableTwo() {
    return List.of(
        new Arm(Variant.BASELINE, Alphas.PAPER),
        new Arm(Variant.ALL, new Alphas(0.8, 0.1, 0.1, 1)),
        new Arm(Variant.ALL, new Alphas(0.8, 0.1, 0.1, 100)),
        new Arm(Variant.ALL, new Alphas(0.1, 0.1, 0.8, 0.1)),
        new Arm(Variant.ALL, new Alphas(0.1, 0.8, 0.1, 0.1)),
        new Arm(Variant.ALL, Alphas.PAPER));
  }

  /** Name of the row and of its folder: the variant, and alphas that are not the paper's. */
  public String name() {
    return alphas.equals(Alphas.PAPER) ? variant.toString() : variant + "_" + weights();
  }

  /** The alphas as on the command line, except for the separator. */
  private String weights() {
    return "%s-%s-%s-%s"
        .formatted(
            decimal(alphas.primary()),
            decimal(alphas.auxiliary()),
            decimal(alphas.fusion()),
            decimal(alphas.regression()));
  }

  private static String decimal(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /** The paper's name of the approach. */
  public String approach() {
    return PaperResults.of(variant.toString()).orElseThrow().approach();
  }

  /** The paper's macro F1, empty for alphas that it did not try. */
  public OptionalDouble paperMacroF1() {
    if (alphas.equals(Alphas.PAPER)) {
      return OptionalDouble.of(PaperResults.of(variant.toString()).orElseThrow().macroF1());
    }
    return variant == Variant.ALL
        ? PaperResults.macroF1(
            alphas.primary(), alphas.auxiliary(), alphas.fusion(), alphas.regression())
        : OptionalDouble.empty();
  }

  /** Number of branches, to which the duration of a run is proportional. */
  int branches() {
    return variant.hasAuxiliary() ? 2 : 1;
  }
}
