package org.clusternet.data.simulate;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * A number that is fixed or drawn for every image, on a logarithmic scale: exposures and
 * backgrounds of archives spread over orders of magnitude.
 *
 * <p>Between two positive ends the logarithm is uniform. A logarithmic scale never reaches zero, so
 * with 0 as the lower end one image in three gets exactly 0, and the others are drawn from the two
 * decades below the upper end.
 *
 * @param low lower end, at least 0
 * @param high upper end; equal to the lower end for a fixed number
 */
public record DrawRange(double low, double high) {
  private static final double SHARE_OF_ZERO = 1 / 3.0;
  private static final double DECADES_TO_ZERO = 0.01;
  private static final String SEPARATOR = "..";

  /**
   * Checks the ends.
   *
   * @throws IllegalArgumentException if one is negative or not finite, or they are in wrong order
   */
  public DrawRange {
    if (!(low >= 0 && low <= high) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "low=%s high=%s; the lower end must be at least 0 and at most the upper end"
              .formatted(low, high));
    }
  }

  /**
   * A number that is the same for all images.
   *
   * @param value the number, at least 0
   * @return the range of this number alone
   */
  public static DrawRange fixed(double value) {
    return new DrawRange(value, value);
  }

  /**
   * Parses a range as users write it.
   *
   * @param name name of the quantity, for the message
   * @param text a number, or two with two dots between them: {@code 300..100000}
   * @return the range
   * @throws IllegalArgumentException if it is something else
   */
  public static DrawRange parse(String name, String text) {
    int dots = text.indexOf(SEPARATOR);
    try {
      return dots < 0
          ? fixed(Double.parseDouble(text))
          : new DrawRange(
              Double.parseDouble(text.substring(0, dots)),
              Double.parseDouble(text.substring(dots + SEPARATOR.length())));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name
              + "="
              + text
              + "; give a number of at least 0, or a range such as 300..100000, the lower end first",
          e);
    }
  }

  /**
   * Whether all images get the same number.
   *
   * @return true if both ends are equal
   */
  public boolean isFixed() {
    return low == high;
  }

  /**
   * Draws a number; a fixed one takes nothing from the generator.
   *
   * @param random random generator
   * @return the number of an image
   */
  public double draw(UniformRandomProvider random) {
    if (isFixed()) {
      return low;
    }
    if (low == 0 && random.nextDouble() < SHARE_OF_ZERO) {
      return 0;
    }
    double least = low == 0 ? DECADES_TO_ZERO * high : low;
    double power = random.nextDouble();
    return Math.min(high, least * StrictMath.pow(high / least, power));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return isFixed() ? Double.toString(low) : low + SEPARATOR + high;
  }
}
