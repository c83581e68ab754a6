package org.clusternet.network;

import java.util.Optional;
import org.clusternet.engine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The region of each image that the auxiliary branch reads.
 *
 * @param box corners, I32 (N, 4): x_min, y_min, x_max, y_max, inclusive
 * @param crop the region's pixels, resized, (N, 3, S, S)
 * @param maps what the box was found from; empty where the maps were not asked for
 */
public record CropRegion(Tensor box, Tensor crop, Optional<Maps> maps) {

  /**
   * The maps that lead to a box; a map of a mask that the variant does not use is null.
   *
   * @param cam attention map of one class (N, 1, h, w), Eq. 2
   * @param h1 the attention map resized, as a heat map in [0, 1], (N, 1, H, W)
   * @param b1 {@code h1 >= tau1}, U8
   * @param h2 the Gaussian heat map in [0, 1], (N, 1, H, W)
   * @param b2 {@code h2 >= tau2}, U8
   * @param mask the combined mask, whose bounding box is the region, U8
   */
  public record Maps(
      @Nullable Tensor cam,
      @Nullable Tensor h1,
      @Nullable Tensor b1,
      @Nullable Tensor h2,
      @Nullable Tensor b2,
      Tensor mask) {}
}
