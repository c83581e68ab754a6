package org.clusternet.nn.weights;

/**
 * Looks for numbers that no trained network has. They must be found on the way in: a ReLU turns NaN
 * into 0, so that a network with one broken weight gives results that look like any other's.
 */
final class Finite {
  private Finite() {}

  /** What is wrong with the values of a tensor, or null. */
  static String problem(String key, double[] values) {
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
        : "key=%s: %d of %d numbers are not finite (element %d is %s); the file is damaged or of a training that diverged"
            .formatted(key, count, values.length, first, values[first]);
  }
}
