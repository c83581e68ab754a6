package org.clusternet.data;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Input that cannot be used, or output that cannot be written: one line that names the file, what
 * was wrong and the remedy.
 *
 * <p>The one exception type of this module for everything that the user of a program can cause and
 * mend, so that a command line prints its message and nothing else. It is unchecked because images
 * are read on worker threads and in streams, where a checked exception would only be wrapped.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An error that has no further cause.
   *
   * @param message one line: the file, what was wrong, the remedy
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * An error caused by another one, usually of the operating system or of a library.
   *
   * @param message one line: the file, what was wrong, the remedy
   * @param cause what lies behind it
   */
  public DataException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The line; an error of this type always has one. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
