package org.clusternet.nn.weights;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists all keys that do not fit, in one line. */
final class KeyReport {
  private KeyReport() {}

  /**
   * Describes the keys that do not fit.
   *
   * @param missing keys that the network needs and the file does not have
   * @param differing keys of another shape or type, with both
   * @param unexpected keys that the file has and the network does not
   * @return the description; null if all lists are empty
   */
  static @Nullable String problem(
      List<String> missing, List<String> differing, List<String> unexpected) {
    List<String> problems = new ArrayList<>();
    report(problems, "missing", missing);
    report(problems, "of another shape or type", differing);
    report(problems, "unexpected", unexpected);
    return problems.isEmpty() ? null : "does not fit the model: " + String.join("; ", problems);
  }

  private static void report(List<String> problems, String what, List<String> keys) {
    if (!keys.isEmpty()) {
      problems.add(keys.size() + " " + what + ": " + String.join(", ", keys));
    }
  }
}
