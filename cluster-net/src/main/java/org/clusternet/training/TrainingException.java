package org.clusternet.training;

/** A run that cannot go on: one line that says where it was, what was wrong and the remedy. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error with its line. */
  public TrainingException(String message) {
    super(message);
  }
}
