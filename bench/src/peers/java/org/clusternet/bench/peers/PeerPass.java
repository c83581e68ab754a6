package org.clusternet.bench.peers;

/** A pass of a peer that has been set up. */
interface PeerPass extends AutoCloseable {
  /** Runs the pass; returns the loss of a training step, otherwise any of the numbers computed. */
  float run();

  /** Whether it is a training step, whose loss must fall. */
  default boolean trains() {
    return false;
  }

  @Override
  void close();
}
