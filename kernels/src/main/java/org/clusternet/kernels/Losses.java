package org.clusternet.kernels;

/** Shared by the launches of losses; the counterpart of {@code losses.cuh}. */
final class Losses {
  private Losses() {}

  /** Shared memory of a sum over a block. */
  static int sharedBytes(Dim block) {
    return (block.x() / 32 + 1) / 2 * Double.BYTES;
  }
}
