package org.clusternet.benchmark.step;

/**
 * Checks the loss of a repeated step: each must be a number, and the last below the first, so that
 * a benchmark that computes nothing, or the wrong thing, fails instead of being fast.
 */
public final class LossWatch {
  private double first = Double.NaN;
  private double last = Double.NaN;
  private int steps;

  /**
   * Checks the loss of the next step.
   *
   * @return the same loss
   * @throws IllegalStateException if it is not a finite number
   */
  public double next(double loss) {
    if (!Double.isFinite(loss)) {
      throw new IllegalStateException("loss=" + loss + " in step " + (steps + 1));
    }
    if (steps == 0) {
      first = loss;
    }
    last = loss;
    steps++;
    return loss;
  }

  /**
   * Checks that the loss has fallen.
   *
   * @throws IllegalStateException if the loss did not fall over two or more steps
   */
  public void requireFall() {
    if (steps > 1 && !(last < first)) {
      throw new IllegalStateException(
          "the loss did not fall: %g in the first step, %g in step %d"
              .formatted(first, last, steps));
    }
  }

  /** Number of steps. */
  public int steps() {
    return steps;
  }

  /** For instance {@code loss 1.22 to 0.31 in 12 steps}. */
  @Override
  public String toString() {
    return "loss %.4g to %.4g in %d steps".formatted(first, last, steps);
  }
}
