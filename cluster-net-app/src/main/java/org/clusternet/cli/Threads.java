package org.clusternet.cli;

/** Number of threads of the jobs that have no device. */
final class Threads {
  private Threads() {}

  /**
   * What was asked for, or a thread for every processor.
   *
   * @throws IllegalArgumentException if less than one was asked for
   */
  static int of(Integer asked) {
    if (asked != null && asked < 1) {
      throw new IllegalArgumentException("threads=" + asked + "; it must be at least 1");
    }
    return Defaults.or(asked, Runtime.getRuntime().availableProcessors());
  }
}
