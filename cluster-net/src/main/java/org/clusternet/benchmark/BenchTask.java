package org.clusternet.benchmark;

import org.clusternet.engine.tensor.DType;

/**
 * The sizes of the cases of the catalogue.
 *
 * @param batch number of images, at least 1
 * @param size side of the square images in pixels, at least 32
 * @param compute type of the activations, F32 or BF16
 * @param threads number of CPU threads, for cases that run on no device
 */
public record BenchTask(int batch, int size, DType compute, int threads) {
  /** Factor by which ResNet-18 reduces each side of an image. */
  static final int STRIDE = 32;

  /**
   * A task.
   *
   * @throws IllegalArgumentException if a network cannot be built for it
   */
  public BenchTask {
    if (batch < 1 || size < STRIDE || threads < 1) {
      throw new IllegalArgumentException(
          "benchmark: batch=%d, size=%d, threads=%d; at least 1, %d and 1 are needed"
              .formatted(batch, size, threads, STRIDE));
    }
  }

  /** Side of the images after layers of stride 2, each of which rounds up. */
  int side(int halvings) {
    int side = size;
    for (int i = 0; i < halvings; i++) {
      side = (side + 1) / 2;
    }
    return side;
  }
}
