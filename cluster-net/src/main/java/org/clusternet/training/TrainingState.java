package org.clusternet.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the training loop is: what it needs beside the model's numbers to go on. The order of the
 * samples and all that is random follow from the seed, the epoch and the sample, so the position is
 * enough.
 *
 * @param epochs the figures of the epochs that have ended
 * @param steps made of the epoch that has begun since
 * @param loss over the samples of those steps
 * @param seconds that those steps took
 */
public record TrainingState(List<EpochMetrics> epochs, int steps, LossSum loss, double seconds) {
  /** Nothing has been done. */
  public static final TrainingState START = new TrainingState(List.of(), 0, LossSum.NONE, 0);

  /** Copies the list. */
  public TrainingState {
    epochs = List.copyOf(epochs);
  }

  /** The epoch that is on or comes next, from 1. */
  public int epoch() {
    return epochs.size() + 1;
  }

  /** The epoch that the validation fold prefers so far, or null. */
  public EpochMetrics best() {
    EpochMetrics best = null;
    for (EpochMetrics epoch : epochs) {
      if (best == null || epoch.isBetterThan(best)) {
        best = epoch;
      }
    }
    return best;
  }

  /**
   * Whether the weights now are those of the best epoch: it has just ended, and no step was made.
   */
  public boolean isAtBest() {
    return steps == 0 && !epochs.isEmpty() && best().epoch() == epochs.size();
  }

  /** After one more step. */
  TrainingState plus(LossValues loss, int samples, double secondsSoFar) {
    return new TrainingState(epochs, steps + 1, this.loss.plus(loss, samples), secondsSoFar);
  }

  /** After the end of the epoch. */
  TrainingState plus(EpochMetrics epoch) {
    List<EpochMetrics> more = new ArrayList<>(epochs);
    more.add(epoch);
    return new TrainingState(more, 0, LossSum.NONE, 0);
  }

  /** For instance {@code epoch 3, step 7}, or {@code the end of epoch 2}. */
  @Override
  public String toString() {
    return steps == 0
        ? "the end of epoch " + epochs.size()
        : "epoch " + epoch() + ", step " + steps;
  }
}
