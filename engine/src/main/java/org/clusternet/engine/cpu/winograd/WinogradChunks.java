package org.clusternet.engine.cpu.winograd;

import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;

/**
 * Tiles in chunks of about equal size, whose planes all threads share.
 *
 * @param count number of tiles
 * @param chunks number of chunks
 */
record WinogradChunks(int count, int chunks) {
  private static final int LARGEST = 512;

  static WinogradChunks of(int count) {
    return new WinogradChunks(count, (count + LARGEST - 1) / LARGEST);
  }

  /** What is done with a chunk. */
  @FunctionalInterface
  interface Work {
    /** Works on so many tiles, of which the first is given. */
    void run(int first, int tiles);
  }

  /** Memory for the planes of the largest chunk. */
  Tensor planes(Scope scratch, int planes, int channels) {
    int largest = (count + chunks - 1) / chunks;
    return WinogradPlanes.allocate(scratch, planes, WinogradPlanes.stride(largest * channels));
  }

  /** Runs the chunks one after another. */
  void run(Work work) {
    for (int chunk = 0; chunk < chunks; chunk++) {
      int first = WinogradShares.start(count, chunk, chunks);
      work.run(first, WinogradShares.start(count, chunk + 1, chunks) - first);
    }
  }
}
