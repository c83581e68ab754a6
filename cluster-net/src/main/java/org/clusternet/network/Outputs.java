package org.clusternet.network;

import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.model.ResNet;

/**
 * What a forward pass gives; all but {@code primary} are null for the baseline.
 *
 * @param primary feature map M, vector V1 and logits of the primary branch
 * @param region where the auxiliary branch looked
 * @param auxiliary the same three of the auxiliary branch
 * @param fusion logits of the fusion head (N, 3)
 */
public record Outputs(
    ResNet.Output primary, Region region, ResNet.Output auxiliary, Tensor fusion) {

  /**
   * The logits that the prediction is read from: the fusion head's, or the baseline's only ones.
   */
  public Tensor prediction() {
    return fusion == null ? primary.logits() : fusion;
  }
}
