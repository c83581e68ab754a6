package org.clusternet.training;

/**
 * The loss and its parts as numbers, the parts before weighting (Eq. 9); NaN where the variant of
 * the network has no such part.
 *
 * @param total the weighted sum
 * @param primary cross entropy of the primary head (Eq. 10)
 * @param auxiliary cross entropy of the auxiliary head (Eq. 11)
 * @param fusion cross entropy of the fusion head (Eq. 12)
 * @param regression Cramer distance of the primary head (Eq. 14)
 */
public record LossValues(
    double total, double primary, double auxiliary, double fusion, double regression) {

  /** Whether training can go on from here. */
  public boolean isFinite() {
    return Double.isFinite(total);
  }

  /** The mean over samples, gathered from the means over batches. */
  static final class Mean {
    private final double[] sums = new double[5];
    private long samples;

    void add(LossValues batch, int size) {
      double[] parts = {
        batch.total, batch.primary, batch.auxiliary, batch.fusion, batch.regression
      };
      for (int i = 0; i < sums.length; i++) {
        sums[i] += parts[i] * size;
      }
      samples += size;
    }

    LossValues value() {
      return new LossValues(
          sums[0] / samples,
          sums[1] / samples,
          sums[2] / samples,
          sums[3] / samples,
          sums[4] / samples);
    }
  }
}
