package org.clusternet.render;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The mapping of an axis from values to places, linear or logarithmic, with ticks at round numbers:
 * 1, 2 or 5 times a power of ten.
 */
public final class Scale {
  private static final int TICKS = 5;
  private static final int MOST_INTEGERS = 12;
  private static final double SLACK = 1e-9;
  private static final double PLAIN_LEAST = 1e-4;
  private static final double PLAIN_MOST = 1e6;

  private final double low;
  private final double high;
  private final Kind kind;

  private enum Kind {
    LINEAR,
    INTEGERS,
    LOGARITHMIC
  }

  private Scale(double low, double high, Kind kind) {
    boolean logarithmic = kind == Kind.LOGARITHMIC;
    if (!(low < high) || Double.isInfinite(high - low) || (logarithmic && low <= 0)) {
      throw new IllegalArgumentException(
          "scale: low=%s high=%s; they must be finite, rising, and positive for a logarithm"
              .formatted(low, high));
    }
    this.low = low;
    this.high = high;
    this.kind = kind;
  }

  /**
   * A linear scale from and to the values given.
   *
   * @throws IllegalArgumentException unless they are finite and rising
   */
  public static Scale linear(double low, double high) {
    return new Scale(low, high, Kind.LINEAR);
  }

  /** A linear scale for the integers from first to last, with half a step of room at either end. */
  public static Scale integers(int first, int last) {
    return new Scale(first - 0.5, last + 0.5, Kind.INTEGERS);
  }

  /**
   * A logarithmic scale from and to the values given.
   *
   * @throws IllegalArgumentException unless they are finite, positive and rising
   */
  public static Scale log(double low, double high) {
    return new Scale(low, high, Kind.LOGARITHMIC);
  }

  /** A linear scale over all finite values, from tick to tick. */
  public static Scale linearOver(double... values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    double low = Arrays.stream(finite).min().orElse(0);
    double high = Arrays.stream(finite).max().orElse(1);
    if (low == high) {
      double margin = low == 0 ? 1 : Math.abs(low) / 2;
      return linear(low - margin, high + margin);
    }
    double step = step((high - low) / TICKS);
    return linear(Math.floor(low / step + SLACK) * step, Math.ceil(high / step - SLACK) * step);
  }

  /** A logarithmic scale over all finite positive values, from one power of ten to another. */
  public static Scale logOver(double... values) {
    double[] positive = Arrays.stream(values).filter(v -> v > 0 && Double.isFinite(v)).toArray();
    double low = Math.floor(Math.log10(Arrays.stream(positive).min().orElse(1)) + SLACK);
    double high = Math.ceil(Math.log10(Arrays.stream(positive).max().orElse(10)) - SLACK);
    return log(Math.pow(10, low), Math.pow(10, Math.max(high, low + 1)));
  }

  /** The place of a value: 0 at the low end, 1 at the high one; NaN for one that has no place. */
  double at(double value) {
    return kind == Kind.LOGARITHMIC
        ? (value > 0 ? Math.log(value / low) / Math.log(high / low) : Double.NaN)
        : (value - low) / (high - low);
  }

  double low() {
    return low;
  }

  double high() {
    return high;
  }

  /** The values at which there are ticks, rising. */
  List<Double> ticks() {
    return switch (kind) {
      case LINEAR -> linearTicks(step((high - low) / TICKS));
      case INTEGERS -> linearTicks(Math.max(1, step((high - low) / MOST_INTEGERS)));
      case LOGARITHMIC -> logTicks();
    };
  }

  private List<Double> linearTicks(double step) {
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - SLACK); i * step <= high + SLACK * step; i++) {
      // By decimals: 3 x 0.1 is 0.3, not 0.30000000000000004.
      ticks.add(BigDecimal.valueOf(step).multiply(BigDecimal.valueOf(i)).doubleValue());
    }
    return ticks;
  }

  private List<Double> logTicks() {
    int first = (int) Math.floor(Math.log10(low) + SLACK);
    int last = (int) Math.ceil(Math.log10(high) - SLACK);
    int every = Math.max(1, Math.ceilDiv(last - first, TICKS + 2));
    List<Double> ticks = new ArrayList<>();
    for (int power = first; power <= last; power += every) {
      for (int digit : last - first <= 2 ? new int[] {1, 2, 5} : new int[] {1}) {
        double tick = new BigDecimal(digit + "e" + power).doubleValue();
        if (tick >= low * (1 - SLACK) && tick <= high * (1 + SLACK)) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /** The least round number that is not smaller. */
  private static double step(double raw) {
    int power = (int) Math.floor(Math.log10(raw));
    for (int digit : new int[] {1, 2, 5}) {
      double step = new BigDecimal(digit + "e" + power).doubleValue();
      if (step >= raw * (1 - SLACK)) {
        return step;
      }
    }
    return new BigDecimal("1e" + (power + 1)).doubleValue();
  }

  /**
   * A tick's text: as many decimals as the number has, a power of ten for the very small or large.
   */
  static String label(double tick) {
    double size = Math.abs(tick);
    if (size != 0 && (size < PLAIN_LEAST || size >= PLAIN_MOST)) {
      BigDecimal exact = new BigDecimal(Double.toString(tick)).stripTrailingZeros();
      int power = exact.precision() - exact.scale() - 1;
      return exact.scaleByPowerOfTen(-power).stripTrailingZeros().toPlainString() + "e" + power;
    }
    BigDecimal rounded = BigDecimal.valueOf(tick).setScale(10, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0
        ? "0"
        : rounded.stripTrailingZeros().toPlainString().replace('-', '\u2212');
  }
}
