package org.clusternet.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The position of the training loop: what it needs to continue, beside the model's numbers. The
 * order of the samples and all random numbers follow from the seed, the epoch and the sample, so
 * the position is enough.
 *
 * @param epochs figures of the epochs that have ended
 * @param steps number of steps made in the present epoch
 * @param loss sum of the losses over the samples of those steps
 * @param seconds duration of those steps
 */
public record TrainingState(List<EpochMetrics> epochs, int steps, LossSum loss, double seconds) {
  /** The beginning of training. */
  public static final TrainingState START = new TrainingState(List.of(), 0, LossSum.NONE, 0);

  /** Copies the list. */
  public TrainingState {
    epochs = List.copyOf(epochs);
  }

  /** The present or next epoch, from 1. */
  public int epoch() {
    return epochs.size() + 1;
  }

  /** The best epoch so far by the validation fold; empty before the end of the first. */
  public Optional<EpochMetrics> best() {
    return epochs.stream().reduce((best, next) -> next.isBetterThan(best) ? next : best);
  }

  /** Whether the present weights are those of the best epoch: it has just ended. */
  public boolean isAtBest() {
    return steps == 0 && best().filter(best -> best.epoch() == epochs.size()).isPresent();
  }

  /** The position after one more step. */
  TrainingState plus(LossValues loss, int samples, double secondsSoFar) {
    return new TrainingState(epochs, steps + 1, this.loss.plus(loss, samples), secondsSoFar);
  }

  /** The position after the end of the epoch. */
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
