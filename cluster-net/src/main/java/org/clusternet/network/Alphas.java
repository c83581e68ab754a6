package org.clusternet.network;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/**
 * Weights of the four terms of the loss (Eq. 9).
 *
 * @param primary weight of the primary head's cross entropy (paper: 0.8)
 * @param auxiliary weight of the auxiliary head's cross entropy (paper: 0.1)
 * @param fusion weight of the fusion head's cross entropy (paper: 0.1)
 * @param regression weight of the Cramer distance (paper: 0.1)
 */
public record Alphas(
    @JsonPropertyDescription("weight of the primary head's cross entropy") double primary,
    @JsonPropertyDescription("weight of the auxiliary head's cross entropy") double auxiliary,
    @JsonPropertyDescription("weight of the fusion head's cross entropy") double fusion,
    @JsonPropertyDescription("weight of the Cramer distance of the primary head (variant all only)")
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
