package org.clusternet.config;

import org.clusternet.engine.tensor.DType;

/** The type of the activations and their arithmetic; parameters, heads and loss are F32 in all. */
public enum Precision {
  /** 32-bit floats throughout. */
  FP32(DType.F32),
  /** 32-bit floats, of which a GPU's tensor cores round the factors of products to 10 bits. */
  TF32(DType.F32),
  /** bfloat16 activations: half the memory, faster where the device has instructions for it. */
  BF16(DType.BF16);

  private final DType dtype;

  Precision(DType dtype) {
    this.dtype = dtype;
  }

  /** The element type. */
  public DType dtype() {
    return dtype;
  }
}
