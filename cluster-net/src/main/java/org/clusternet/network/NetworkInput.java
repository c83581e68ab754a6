package org.clusternet.network;

import org.clusternet.engine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A batch as the network reads it.
 *
 * @param images preprocessed images (N, 3, H, W)
 * @param peaks I32 (N, 2), the pixel (x, y) on which the Gaussian of each image is centred, (-1,
 *     -1) for its brightest pixel; null for the brightest pixel of every image, as the paper does
 *     it
 */
public record NetworkInput(Tensor images, @Nullable Tensor peaks) {

  /** Images whose Gaussians are centred on their brightest pixels. */
  public static NetworkInput of(Tensor images) {
    return new NetworkInput(images, null);
  }
}
