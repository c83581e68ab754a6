package org.clusternet.training;

/**
 * A sum of losses over samples, gathered from the means over batches: what the mean over an epoch
 * comes from, and what a run that goes on in the middle of one must know.
 *
 * @param sums of the loss and its parts, each times its number of samples
 * @param samples how many so far
 */
public record LossSum(LossValues sums, long samples) {
  /** Of no samples. */
  public static final LossSum NONE = new LossSum(new LossValues(0, 0, 0, 0, 0), 0);

  /** With another batch, of which {@code mean} is the mean over {@code size} samples. */
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
