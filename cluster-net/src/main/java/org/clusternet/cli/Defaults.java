package org.clusternet.cli;

/** Options that were not given. */
final class Defaults {
  private Defaults() {}

  /** What an option says, or what holds without it. */
  static <T> T or(T option, T otherwise) {
    return option == null ? otherwise : option;
  }
}
