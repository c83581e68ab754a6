package org.clusternet.benchmark;

import org.clusternet.engine.tensor.DType;

/**
 * What the cases of the catalogue are made for.
 *
 * @param batch images, at least 1
 * @param size side of the square images in pixels, at least 32
 * @param compute type of the activations, F32 or BF16
 * @param threads of the CPU, for what runs on no device
 */
public record BenchTask(int batch, int size, DType compute, int threads) {
  /** By how much ResNet-18 makes an image smaller along each side. */
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

  /** Side of the images after some layers of stride 2, each of which rounds up. */
  int side(int halvings) {
    int side = size;
    for (int i = 0; i < halvings; i++) {
      side = (side + 1) / 2;
    }
    return side;
  }
}
