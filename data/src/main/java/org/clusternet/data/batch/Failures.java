package org.clusternet.data.batch;

import java.util.List;

/** Several failures in one line: the first few with their reasons, the others as a number. */
public final class Failures {
  private static final int NAMED = 3;

  private Failures() {}

  /**
   * Joins reasons.
   *
   * @param reasons one line each, at least one
   * @param others the noun for those that are only counted, such as " rows"; may be empty
   * @return the first three reasons and the number of the others
   */
  public static String join(List<String> reasons, String others) {
    return String.join(" | ", reasons.subList(0, Math.min(NAMED, reasons.size())))
        + (reasons.size() > NAMED ? " | and " + (reasons.size() - NAMED) + " more" + others : "");
  }

  /**
   * The error of a job in which everything failed, or which is refused for its failures.
   *
   * @param prefix what was to be done or with what, with a colon and a blank; may be empty
   * @param what the noun for the things of which some failed, such as images
   * @param reasons one line each, at least one
   * @param total number of all things
   * @return the reason alone if there was one thing only
   */
  public static String summary(String prefix, String what, List<String> reasons, int total) {
    return total == 1
        ? reasons.get(0)
        : "%sunusable %s=%d of %d | %s"
            .formatted(prefix, what, reasons.size(), total, join(reasons, ""));
  }
}
