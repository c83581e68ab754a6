package org.clusternet.experiment;

import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.clusternet.data.CoreType;
import org.clusternet.metrics.ClassScores;
import org.clusternet.metrics.Estimate;
import org.jspecify.annotations.Nullable;

/** How figures are written in tables and on pages, and classes in the names of columns. */
public final class Labels {
  /** What stands on a page where there is no value. */
  public static final String NONE = "\u2013";

  private Labels() {}

  /** A class in lower case. */
  static String key(CoreType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** A number with three decimals. */
  public static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** A number with two decimals, as in the paper's tables. */
  public static String hundredths(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** A fraction as a percentage with one decimal, such as {@code 12.5%}. */
  public static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * fraction);
  }

  /** One of the paper's scores with two decimals, or {@link #NONE}. */
  public static String paper(@Nullable ClassScores scores, ToDoubleFunction<ClassScores> score) {
    return scores == null ? NONE : hundredths(score.applyAsDouble(scores));
  }

  /** Three decimals with a sign. */
  static String signed(double value) {
    return String.format(Locale.ROOT, "%+.3f", value);
  }

  /** For instance {@code 0.812 [0.780, 0.842]}. */
  public static String of(Estimate estimate) {
    return "%s [%s, %s]"
        .formatted(decimals(estimate.value()), decimals(estimate.low()), decimals(estimate.high()));
  }

  /** For instance {@code +0.012 [-0.008, +0.031]}. */
  public static String difference(Estimate estimate) {
    return "%s [%s, %s]"
        .formatted(signed(estimate.value()), signed(estimate.low()), signed(estimate.high()));
  }

  /** A probability: {@code 0.034}, or {@code <0.001}. */
  static String p(double p) {
    return p < 0.001 ? "<0.001" : decimals(p);
  }
}
