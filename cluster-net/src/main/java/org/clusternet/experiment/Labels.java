package org.clusternet.experiment;

import java.util.Locale;
import org.clusternet.data.CoreType;
import org.clusternet.metrics.Estimate;

/** How figures are written for people, and classes in the names of columns. */
final class Labels {
  private Labels() {}

  /** A class in lower case. */
  static String key(CoreType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** Three decimals. */
  static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** Three decimals with a sign. */
  static String signed(double value) {
    return String.format(Locale.ROOT, "%+.3f", value);
  }

  /** For instance {@code 0.812 [0.780, 0.842]}. */
  static String of(Estimate estimate) {
    return "%s [%s, %s]"
        .formatted(decimals(estimate.value()), decimals(estimate.low()), decimals(estimate.high()));
  }

  /** For instance {@code +0.012 [-0.008, +0.031]}. */
  static String difference(Estimate estimate) {
    return "%s [%s, %s]"
        .formatted(signed(estimate.value()), signed(estimate.low()), signed(estimate.high()));
  }

  /** A probability: {@code 0.034}, or {@code <0.001}. */
  static String p(double p) {
    return p < 0.001 ? "<0.001" : decimals(p);
  }
}
