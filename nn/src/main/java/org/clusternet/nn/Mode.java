package org.clusternet.nn;

/** What a forward pass is for; only batch normalisation tells the difference. */
public enum Mode {
  /** Batch statistics; running statistics are updated; everything that gradients need is kept. */
  TRAINING,
  /** Running statistics; intermediate results are released as soon as they have served. */
  INFERENCE
}
