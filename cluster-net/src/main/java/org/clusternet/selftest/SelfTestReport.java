package org.clusternet.selftest;

import java.util.List;
import org.clusternet.engine.check.Outcome;

/**
 * How a self-test went, to be written as JSON.
 *
 * @param version of the program
 * @param time when it ended, in ISO 8601
 * @param device what was tested
 * @param passed whether nothing failed
 * @param seconds how long it took
 * @param outcomes of all parts
 */
public record SelfTestReport(
    String version,
    String time,
    String device,
    boolean passed,
    double seconds,
    List<Outcome> outcomes) {

  /** The last line for people. */
  public String summary() {
    long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
    int compared = outcomes.stream().mapToInt(Outcome::compared).sum();
    String what = "%s: %d checks in %d parts".formatted(device, compared, outcomes.size());
    return failed == 0
        ? "selftest passed on " + what
        : "selftest FAILED on " + what + ", of which " + failed + " failed";
  }
}
