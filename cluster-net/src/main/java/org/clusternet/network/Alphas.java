package org.clusternet.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * Weights of the four parts of the loss (Eq. 9).
 *
 * @param primary weight of the primary head's cross entropy (paper: 0.8)
 * @param auxiliary weight of the auxiliary head's cross entropy (paper: 0.1)
 * @param fusion weight of the fusion head's cross entropy (paper: 0.1)
 * @param regression weight of the Cramer distance (paper: 0.1)
 */
public record Alphas(
    @JsonPropertyDescription("cross entropy of the primary head (default: 0.8)") double primary,
    @JsonPropertyDescription("of the auxiliary head (default: 0.1)") double auxiliary,
    @JsonPropertyDescription("of the fusion head (default: 0.1)") double fusion,
    @JsonPropertyDescription("Cramer distance of the primary head, variant all only (default: 0.1)")
        double regression) {
  /** The paper's best setting (Table II, last row). */
  public static final Alphas PAPER = new Alphas(0.8, 0.1, 0.1, 0.1);

  /** Checks that none is negative. */
  public Alphas {
    if (!(primary >= 0 && auxiliary >= 0 && fusion >= 0 && regression >= 0)) {
      throw new IllegalArgumentException(
          "alphas primary=%s auxiliary=%s fusion=%s regression=%s; none may be negative"
              .formatted(primary, auxiliary, fusion, regression));
    }
  }
}
