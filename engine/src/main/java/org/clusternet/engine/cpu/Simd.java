package org.clusternet.engine.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

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
   * The coefficients of one step of {@link #adam}, each computed in F64 and rounded once: 1 - b2
   * formed in F32 would be off by 1e-5 of itself.
   *
   * @param beta1 decay of the mean
   * @param gain1 1 - beta1
   * @param beta2 decay of the mean square
   * @param gain2 1 - beta2
   * @param rate learning rate divided by 1 - beta1^t
   * @param correction 1 / (1 - beta2^t)
   * @param epsilon added to the root
   */
  record AdamCoefficients(
      float beta1,
      float gain1,
      float beta2,
      float gain2,
      float rate,
      float correction,
      float epsilon) {

    /**
     * The coefficients of step t.
     *
     * @param rate learning rate
     * @param correction1 1 - beta1^t
     * @param correction2 1 - beta2^t
     */
    public static AdamCoefficients of(
        double beta1,
        double beta2,
        double epsilon,
        double rate,
        double correction1,
        double correction2) {
      return new AdamCoefficients(
          (float) beta1,
          (float) (1 - beta1),
          (float) beta2,
          (float) (1 - beta2),
          (float) (rate / correction1),
          (float) (1 / correction2),
          (float) epsilon);
    }
  }

  /** {@code y[i] = x[i]} for i in [from, to), x BF16 and y F32. */
  void widen(MemorySegment x, MemorySegment y, long from, long to);

  /** {@code y[i] = x[i]} for i in [from, to), x F32 and y BF16: the nearest, ties to even. */
  void narrow(MemorySegment x, MemorySegment y, long from, long to);

  /** Loops over rows of floats. */
  FloatRows floatRows();

  /** Loops over channels-last rows; nothing where there are no vector instructions. */
  Optional<ChannelRows> channelRows();

  /** The instructions that are used, for messages. */
  String describe();

  /** The fastest implementation that this JVM allows. */
  static Simd best() {
    return hasVectors() ? new VectorSimd() : new ScalarSimd();
  }

  /** Whether this JVM was started with the Vector API. */
  static boolean hasVectors() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }
}
