package org.clusternet.training;

/**
 * A sum of losses over samples, added up from the means over batches: the mean over an epoch
 * follows from it, and a run that continues within an epoch needs it.
 *
 * @param sums sums of the loss and its terms over the samples
 * @param samples number of samples so far
 */
public record LossSum(LossValues sums, long samples) {
  /** The sum over no samples. */
  public static final LossSum NONE = new LossSum(new LossValues(0, 0, 0, 0, 0), 0);

  /** The sum with another batch, whose mean over {@code size} samples is {@code mean}. */
  LossSum plus(LossValues mean, int size) {
    return new LossSum(
        new LossValues(
            sums.total() + mean.total() * size,
            sums.primary() + mean.primary() * size,
            sums.auxiliary() + mean.auxiliary() * size,
            sums.fusion() + mean.fusion() * size,
            sums.regression() + mean.regression() * size),
        samples + size);
  }

  /** The mean over the samples. */
  LossValues mean() {
    return new LossValues(
        sums.total() / samples,
        sums.primary() / samples,
        sums.auxiliary() / samples,
        sums.fusion() / samples,
        sums.regression() / samples);
  }
}
