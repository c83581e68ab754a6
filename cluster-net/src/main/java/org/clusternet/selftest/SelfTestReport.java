package org.clusternet.selftest;

import java.util.List;
import org.clusternet.engine.check.Outcome;

/**
 * The result of a self-test, to be written as JSON.
 *
 * @param version version of the program
 * @param time end of the test, in ISO 8601
 * @param device description of the device
 * @param passed whether all parts passed
 * @param seconds duration of the test
 * @param outcomes outcomes of all parts
 */
public record SelfTestReport(
    String version,
    String time,
    String device,
    boolean passed,
    double seconds,
    List<Outcome> outcomes) {

  /** The last line of the output. */
  public String summary() {
    long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
    int compared = outcomes.stream().mapToInt(Outcome::compared).sum();
    String what = "%s: %d checks in %d parts".formatted(device, compared, outcomes.size());
    return failed == 0
        ? "selftest passed on " + what
        : "selftest FAILED on " + what + ", of which " + failed + " failed";
  }
}
