package org.clusternet.engine.spi;

/**
 * An op through which gradients flow: from its output 0 to any of its inputs. Further outputs
 * (saved statistics, indices) carry none.
 */
public interface Differentiable extends Op {

  /**
   * States the gradient of every input that {@link Gradient#needs} as ops on the forward values and
   * the upstream gradient. Neither broadcasting nor fan-out concerns it: the tape sums a gradient
   * to the shape of its input and adds up what arrives from several consumers.
   */
  void gradient(Gradient g);
}
