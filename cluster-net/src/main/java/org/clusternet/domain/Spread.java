package org.clusternet.domain;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.clusternet.data.dataset.ImageTraits;
import org.jspecify.annotations.Nullable;

/**
 * Smallest, middle and largest value of a trait over the training images that have it.
 *
 * @param min smallest value
 * @param median median; of an even number of values the upper one of the middle
 * @param max largest value
 */
public record Spread(double min, double median, double max) {

  /** The spread of a trait; null if no image has it. */
  static @Nullable Spread of(
      List<ImageTraits> images, Function<ImageTraits, OptionalDouble> trait) {
    double[] values =
        images.stream().map(trait).flatMapToDouble(OptionalDouble::stream).sorted().toArray();
    return values.length == 0
        ? null
        : new Spread(values[0], values[values.length / 2], values[values.length - 1]);
  }

  /** The spread of multiples of the values. */
  Spread times(double factor) {
    return new Spread(factor * min, factor * median, factor * max);
  }

  /** Whether all values are the same but for a share of them. */
  boolean isOneValue(double tolerance) {
    return max - min <= tolerance * median;
  }

  /** Whether a value is within the spread, widened by a share of it at both ends. */
  boolean contains(double value, double tolerance) {
    return value >= min * (1 - tolerance) && value <= max * (1 + tolerance);
  }
}
