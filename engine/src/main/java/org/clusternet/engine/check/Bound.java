package org.clusternet.engine.check;

import java.util.Optional;

/**
 * How far results may be from the oracle's, which gets the same inputs, exact in the type under
 * test, so that only the arithmetic differs.
 *
 * @param measure relative to what
 * @param relative the largest difference
 */
public record Bound(Measure measure, double relative) {

  /** What a difference is measured by. */
  public enum Measure {
    /** Each element's difference, by the largest magnitude of the tensor. */
    LARGEST,
    /** The norm of all differences, by the norm of the tensor. */
    NORM
  }

  /** What underflows to zero is no difference. */
  private static final double TINY = 1e-30;

  /** F32 on the CPU: units of 2^-24, and sums of some thousands of terms. */
  public static final Bound F32 = new Bound(Measure.LARGEST, 1e-5);

  /**
   * F32 on a GPU: as on the CPU, and cuDNN may choose Winograd's algorithm for a convolution, whose
   * transforms lose about a digit.
   */
  public static final Bound F32_GPU = new Bound(Measure.LARGEST, 1e-4);

  /** TF32 keeps 11 significant bits of each factor: 2^-12 at most on each of two, then sums. */
  public static final Bound TF32 = new Bound(Measure.NORM, 1.0 / 1024);

  /**
   * BF16 keeps 8 significant bits: half a unit is 2^-9; sums and two roundings take a few units.
   */
  public static final Bound BF16 = new Bound(Measure.NORM, 1.0 / 64);

  /** What is wrong with {@code actual}; empty if it is within the bound. */
  public Optional<String> violation(double[] expected, double[] actual) {
    return switch (measure) {
      case LARGEST -> Closeness.difference(expected, actual, relative, TINY);
      case NORM -> Closeness.normDifference(expected, actual, relative);
    };
  }
}
