package org.clusternet.data;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Objects;
import org.junit.jupiter.api.function.Executable;

/** What tests ask of calls that must refuse their arguments. */
public final class Refused {
  private Refused() {}

  /** The message of the IllegalArgumentException that a call must throw. */
  public static String message(Executable call) {
    return Objects.requireNonNull(assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
