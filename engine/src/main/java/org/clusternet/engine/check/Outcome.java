package org.clusternet.engine.check;

import java.util.List;
import java.util.Locale;

/**
 * How one part of a check went.
 *
 * @param name name of the part, for instance a family of ops
 * @param compared number of comparisons
 * @param failures one line for each failure
 * @param note a remark; may be empty
 */
public record Outcome(String name, int compared, List<String> failures, String note) {
  private static final int NAME_WIDTH = 22;

  /** An outcome; the failures are copied. */
  public Outcome {
    failures = List.copyOf(failures);
  }

  /** An outcome without a note. */
  public Outcome(String name, int compared, List<String> failures) {
    this(name, compared, failures, "");
  }

  /** Whether nothing failed. */
  public boolean passed() {
    return failures.isEmpty();
  }

  /** One line: the first failure, and the number of the others. */
  public String line() {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "%-6s %-" + NAME_WIDTH + "s %4d checks",
            passed() ? "ok" : "FAILED",
            name,
            compared));
    if (!note.isEmpty()) {
      line.append("; ").append(note);
    }
    if (!passed()) {
      line.append("; ").append(failures.get(0));
      if (failures.size() > 1) {
        line.append("; and ").append(failures.size() - 1).append(" more");
      }
    }
    return line.toString();
  }
}
