package org.clusternet.training;

/** A run that cannot continue; the message says where it was, what was wrong and the remedy. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error with its message, one line. */
  public TrainingException(String message) {
    super(message);
  }
}
