package org.clusternet.training;

/**
 * The loss and its terms as numbers, the terms before weighting (Eq. 9); NaN where the variant of
 * the network has no such term.
 *
 * @param total the weighted sum
 * @param primary cross entropy of the primary head (Eq. 10)
 * @param auxiliary cross entropy of the auxiliary head (Eq. 11)
 * @param fusion cross entropy of the fusion head (Eq. 12)
 * @param regression Cramer distance of the primary head (Eq. 14)
 */
public record LossValues(
    double total, double primary, double auxiliary, double fusion, double regression) {

  /** Whether the total is finite, so that training can continue. */
  public boolean isFinite() {
    return Double.isFinite(total);
  }
}
