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
}
