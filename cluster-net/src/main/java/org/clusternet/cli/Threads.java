package org.clusternet.cli;

import picocli.CommandLine.Option;

/** Number of threads of the jobs that take no settings of a device. */
final class Threads {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of the CPU (default: one a processor)")
  private Integer asked;

  Threads() {}

  /**
   * What was asked for, or a thread for every processor.
   *
   * @throws IllegalArgumentException if less than one was asked for
   */
  int count() {
    if (asked != null && asked < 1) {
      throw new IllegalArgumentException("threads=" + asked + "; it must be at least 1");
    }
    return Defaults.or(asked, Runtime.getRuntime().availableProcessors());
  }
}
