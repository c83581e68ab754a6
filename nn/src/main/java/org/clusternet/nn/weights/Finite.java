package org.clusternet.nn.weights;

import org.jspecify.annotations.Nullable;

/**
 * Finds numbers that are not finite. They must be found when weights are loaded: a ReLU turns NaN
 * into 0, so that a network with one such weight gives results that look normal.
 */
final class Finite {
  private Finite() {}

  /** Describes the values of a tensor that are not finite; null if there are none. */
  static @Nullable String problem(String key, double[] values) {
    int count = 0;
    int first = -1;
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        first = count == 0 ? i : first;
        count++;
      }
    }
    return count == 0
        ? null
        : "key=%s: %d of %d numbers are not finite (element %d is %s); the file is damaged, or the training diverged"
            .formatted(key, count, values.length, first, values[first]);
  }
}
