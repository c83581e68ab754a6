package org.clusternet.engine.cuda.api;

/** How products of F32 numbers are computed. Products of BF16 always are summed in F32. */
public enum MathMode {
  /** As F32 numbers. TF32 is off. */
  FP32,
  /** By tensor cores, which round the factors to TF32: 10 bits of fraction. */
  TF32
}
