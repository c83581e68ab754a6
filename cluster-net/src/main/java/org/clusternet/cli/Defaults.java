package org.clusternet.cli;

import org.jspecify.annotations.Nullable;

/** Default values of options that were not given. */
final class Defaults {
  private Defaults() {}

  /** The value of an option, or its default if it was not given. */
  static <T> T or(@Nullable T option, T otherwise) {
    return option == null ? otherwise : option;
  }
}
