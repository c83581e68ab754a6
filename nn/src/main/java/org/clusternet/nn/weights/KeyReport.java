package org.clusternet.nn.weights;

import java.util.ArrayList;
import java.util.List;

/** All keys that do not fit in one line. */
final class KeyReport {
  private KeyReport() {}

  /**
   * What does not fit, or null if all lists are empty.
   *
   * @param missing what the network needs and the file has not
   * @param differing what has another shape or type
   * @param unexpected what the file has and the network does not know
   */
  static String problem(List<String> missing, List<String> differing, List<String> unexpected) {
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
