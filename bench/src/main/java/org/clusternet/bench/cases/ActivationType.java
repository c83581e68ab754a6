package org.clusternet.bench.cases;

import org.clusternet.engine.tensor.DType;

/** The element type of a network's activations, by the precision that a user names. */
public final class ActivationType {
  private ActivationType() {}

  /**
   * Returns the type of the activations.
   *
   * @param precision {@code fp32}, or {@code bf16}: activations in BF16, parameters, their
   *     gradients and sums in F32
   * @throws IllegalArgumentException if the precision is another
   */
  public static DType of(String precision) {
    return switch (precision) {
      case "fp32" -> DType.F32;
      case "bf16" -> DType.BF16;
      default ->
          throw new IllegalArgumentException(
              "precision=" + precision + "; it must be fp32 or bf16");
    };
  }
}
