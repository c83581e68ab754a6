package org.clusternet.data;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Input that cannot be used, or output that cannot be written: one line that names the file, the
 * problem and the remedy.
 *
 * <p>The only exception type of this module for errors that a user can cause and fix, so that a
 * command line can print its message and nothing else. It is unchecked because images are read on
 * worker threads and in streams, where a checked exception would only be wrapped.
 */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An error without a further cause.
   *
   * @param message one line: the file, the problem, the remedy
   */
  public DataException(String message) {
    super(message);
  }

  /**
   * An error caused by another one, usually of the operating system or of a library.
   *
   * @param message one line: the file, the problem, the remedy
   * @param cause the underlying exception, if there is one
   */
  public DataException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The message, which an exception of this type always has. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
