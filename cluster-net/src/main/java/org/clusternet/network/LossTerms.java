package org.clusternet.network;

import org.clusternet.engine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The loss and its terms, scalars before weighting; terms that the variant does not have are null.
 *
 * @param total the weighted sum (Eq. 9)
 * @param primary L_p (Eq. 10)
 * @param auxiliary L_a (Eq. 11)
 * @param fusion L_f (Eq. 12)
 * @param regression L_r (Eq. 14)
 */
public record LossTerms(
    Tensor total,
    Tensor primary,
    @Nullable Tensor auxiliary,
    @Nullable Tensor fusion,
    @Nullable Tensor regression) {}
