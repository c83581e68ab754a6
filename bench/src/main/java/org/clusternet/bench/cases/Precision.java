package org.clusternet.bench.cases;

import java.util.Arrays;
import org.clusternet.engine.tensor.DType;

/** The arithmetic of a network by the names that users give. */
public enum Precision {
  /** F32 throughout. */
  FP32("fp32", DType.F32),
  /** Activations in BF16, parameters, their gradients and sums in F32. */
  BF16("bf16", DType.BF16);

  private final String label;
  private final DType compute;

  Precision(String label, DType compute) {
    this.label = label;
    this.compute = compute;
  }

  /**
   * The precision of a name.
   *
   * @throws IllegalArgumentException if there is none, with the names that there are
   */
  public static Precision of(String label) {
    return Arrays.stream(values())
        .filter(p -> p.label.equals(label))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("precision=" + label + "; it must be fp32 or bf16"));
  }

  /** Type of the activations. */
  public DType compute() {
    return compute;
  }

  @Override
  public String toString() {
    return label;
  }
}
