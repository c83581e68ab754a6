package org.clusternet.engine.cuda.doctor;

import java.util.List;
import java.util.Optional;

/**
 * All findings, in the order in which each needs the ones before.
 *
 * @param findings one for each part that was examined
 */
public record Report(List<Finding> findings) {

  /** Whether CUDA can be used. */
  public boolean works() {
    return findings.stream().allMatch(finding -> finding.state() == Finding.State.WORKS);
  }

  /** The first part that is broken. */
  public Optional<Finding> firstBroken() {
    return findings.stream().filter(finding -> finding.state() == Finding.State.BROKEN).findFirst();
  }

  /** Whether CUDA can be used here, in a line. */
  public String summary() {
    return firstBroken()
        .map(finding -> "CUDA cannot be used here (" + finding.subject() + ")")
        .orElse("CUDA works");
  }
}
