package org.clusternet.network;

import java.util.Optional;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.nn.model.ResNet;

/**
 * What a forward pass returns.
 *
 * @param primary feature map M, vector V1 and logits of the primary branch
 * @param second crop, auxiliary branch and fusion head; empty for the baseline
 */
public record Outputs(ResNet.Output primary, Optional<SecondStage> second) {

  /**
   * What the variants with a crop compute after the primary branch.
   *
   * @param region the region that the auxiliary branch read
   * @param auxiliary feature map, vector V2 and logits of the auxiliary branch
   * @param fusion logits of the fusion head (N, 3)
   */
  public record SecondStage(CropRegion region, ResNet.Output auxiliary, Tensor fusion) {}

  /** The logits that the prediction is read from: the fusion head's; the baseline's only ones. */
  public Tensor prediction() {
    return second.map(SecondStage::fusion).orElse(primary.logits());
  }
}
