package org.clusternet.bench.peers;

/** A pass of a peer, set up. */
interface PeerPass extends AutoCloseable {
  /** Runs it; returns the loss of a training step, else any number that it computed. */
  float run();

  /** Whether it is a training step, whose loss must fall. */
  default boolean trains() {
    return false;
  }

  @Override
  void close();
}
