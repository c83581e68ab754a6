package org.clusternet.training;

/** Training was asked to stop and did so after a step. */
public final class TrainingStoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient TrainingState state;

  /** Training that stopped at {@code state}; the model is as the last step left it. */
  public TrainingStoppedException(TrainingState state) {
    super("stopped at " + state);
    this.state = state;
  }

  /** The position at which training stopped. */
  public TrainingState state() {
    return state;
  }
}
