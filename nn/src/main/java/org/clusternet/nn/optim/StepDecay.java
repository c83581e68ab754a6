package org.clusternet.nn.optim;

/**
 * A learning rate that falls in steps: {@code initial * factor^floor(epoch / every)}. In the paper
 * it is 1e-3, multiplied by 0.1 every 10 epochs.
 *
 * @param initial learning rate of the first epochs
 * @param every number of epochs between two steps
 * @param factor factor by which the learning rate is multiplied at each step
 */
public record StepDecay(double initial, int every, double factor) {

  /**
   * Checks the schedule.
   *
   * @throws IllegalArgumentException unless initial &gt; 0, every &gt;= 1 and 0 &lt; factor &lt;= 1
   */
  public StepDecay {
    if (!(initial > 0 && initial < Double.POSITIVE_INFINITY)
        || every < 1
        || !(factor > 0 && factor <= 1)) {
      throw new IllegalArgumentException(
          "step decay: initial=%s, every=%d, factor=%s;".formatted(initial, every, factor)
              + " it needs initial > 0, every >= 1, 0 < factor <= 1");
    }
  }

  /** The schedule of the paper. */
  public static StepDecay paper() {
    return new StepDecay(1e-3, 10, 0.1);
  }

  /** The learning rate of an epoch, counted from 0. */
  public double rate(int epoch) {
    int drops = epoch / every;
    return initial * StrictMath.pow(factor, drops);
  }
}
