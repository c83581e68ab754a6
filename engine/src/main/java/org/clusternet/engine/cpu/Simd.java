package org.clusternet.engine.cpu;

import java.lang.foreign.MemorySegment;

/**
 * Loops over long rows of F32 that are worth vector instructions. The Vector API is used where
 * {@code jdk.incubator.vector} is on the command line ({@code --add-modules}), plain loops
 * otherwise; both give the same bits, because every element is computed on its own in the same
 * order of operations.
 */
public interface Simd {

  /** {@code y[i] += x[i]} for i in [from, to). */
  void add(MemorySegment y, MemorySegment x, long from, long to);

  /**
   * One step of Adam (Kingma and Ba 2015, algorithm 1) on elements [from, to): {@code m = b1 m + (1
   * - b1) g; v = b2 v + (1 - b2) g g; p -= rate m / (sqrt(v correction) + eps)}.
   */
  void adam(
      MemorySegment p,
      MemorySegment g,
      MemorySegment m,
      MemorySegment v,
      long from,
      long to,
      AdamCoefficients c);

  /**
   * The coefficients of one step of {@link #adam}.
   *
   * @param beta1 decay of the mean
   * @param beta2 decay of the mean square
   * @param rate learning rate divided by 1 - beta1^t
   * @param correction 1 / (1 - beta2^t)
   * @param epsilon added to the root
   */
  record AdamCoefficients(float beta1, float beta2, float rate, float correction, float epsilon) {}

  /** For people: which instructions. */
  String describe();

  /** The fastest implementation that this JVM allows. */
  static Simd best() {
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return vectors ? new VectorSimd() : new ScalarSimd();
  }
}
