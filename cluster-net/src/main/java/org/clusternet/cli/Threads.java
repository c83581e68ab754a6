package org.clusternet.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Number of CPU threads of the commands that have no settings of a device. */
final class Threads {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "number of CPU threads (default: one per processor)")
  private @Nullable Integer asked;

  Threads() {}

  /**
   * The number given, or else one thread per processor.
   *
   * @throws IllegalArgumentException if it is less than one
   */
  int count() {
    if (asked != null && asked < 1) {
      throw new IllegalArgumentException("threads=" + asked + "; it must be at least 1");
    }
    return Defaults.or(asked, Runtime.getRuntime().availableProcessors());
  }
}
