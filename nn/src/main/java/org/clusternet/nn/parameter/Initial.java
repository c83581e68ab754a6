package org.clusternet.nn.parameter;

import java.util.Arrays;
import org.clusternet.nn.random.KeyedRandom;

/**
 * The initial values of a parameter, in row-major order of its dimensions whatever the order in
 * memory.
 */
@FunctionalInterface
public interface Initial {

  /** Fills {@code values}, taking random numbers from {@code random} only. */
  void fill(KeyedRandom random, double[] values);

  /** The same value everywhere. */
  static Initial constant(double value) {
    return (random, values) -> Arrays.fill(values, value);
  }

  /** Normal with mean 0. */
  static Initial normal(double standardDeviation) {
    return (random, values) -> random.fillNormal(values, standardDeviation);
  }

  /** Uniform in (-bound, bound). */
  static Initial uniform(double bound) {
    return (random, values) -> random.fillUniform(values, -bound, bound);
  }
}
