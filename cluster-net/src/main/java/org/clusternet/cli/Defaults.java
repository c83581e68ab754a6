package org.clusternet.cli;

/** Default values of options that were not given. */
final class Defaults {
  private Defaults() {}

  /** The value of an option, or its default if it was not given. */
  static <T> T or(T option, T otherwise) {
    return option == null ? otherwise : option;
  }
}
