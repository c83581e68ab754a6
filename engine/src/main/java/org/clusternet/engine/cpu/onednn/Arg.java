package org.clusternet.engine.cpu.onednn;

/** Execution arguments, {@code DNNL_ARG_*}. */
public enum Arg {
  /** Source. */
  SRC(1),
  /** Second source. */
  SRC_1(2),
  /** Destination. */
  DST(17),
  /** Weights. */
  WEIGHTS(33),
  /** Bias. */
  BIAS(41),
  /** Mean. */
  MEAN(49),
  /** Variance. */
  VARIANCE(50),
  /** Scale (gamma). */
  SCALE(51),
  /** Shift (beta). */
  SHIFT(52),
  /** What forward saves for backward. */
  WORKSPACE(64),
  /** Temporary memory. */
  SCRATCHPAD(80),
  /** What the first post-op adds. */
  ADDEND(32768 | 2),
  /** Gradient of the source. */
  DIFF_SRC(129),
  /** Gradient of the destination. */
  DIFF_DST(145),
  /** Gradient of the weights. */
  DIFF_WEIGHTS(161),
  /** Gradient of the bias. */
  DIFF_BIAS(169),
  /** Gradient of the scale. */
  DIFF_SCALE(255),
  /** Gradient of the shift. */
  DIFF_SHIFT(256);

  private final int code;

  Arg(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
