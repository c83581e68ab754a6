package org.clusternet.engine.spi;

import java.util.List;
import org.clusternet.engine.tensor.TensorType;

/** Operands that do not fit an op. The message names the op, all operands, and what is wrong. */
public final class OpException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** For instance {@code Conv2d[stride=2, padding=3] of F32(8, 3, 9, 9), F32(4, 2, 3, 3): ...}. */
  public OpException(Op op, List<TensorType> operands, String what) {
    super(op.describe() + " of " + join(operands) + ": " + what);
  }

  private static String join(List<TensorType> operands) {
    return String.join(", ", operands.stream().map(TensorType::toString).toList());
  }
}
