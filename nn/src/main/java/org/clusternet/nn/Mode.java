package org.clusternet.nn;

/** The purpose of a forward pass; it affects batch normalisation only. */
public enum Mode {
  /** Normalise by batch statistics and update running statistics; keep what gradients need. */
  TRAINING,
  /** Normalise by running statistics; discard intermediate results after their last use. */
  INFERENCE
}
