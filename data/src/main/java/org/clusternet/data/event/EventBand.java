package org.clusternet.data.event;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of photon energies, or of pulse-invariant channels; both limits are included.
 *
 * @param low lower limit
 * @param high upper limit
 * @param unit what the limits count
 */
public record EventBand(double low, double high, Unit unit) {
  /** Every event, whatever its energy. */
  public static final EventBand ALL =
      new EventBand(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Unit.KEV);

  private static final String NUMBER = "([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)";
  private static final Pattern ENERGIES =
      Pattern.compile(NUMBER + "\\s*[-:]\\s*" + NUMBER + "\\s*(kev|ev)");
  private static final Pattern CHANNELS = Pattern.compile("([0-9]{1,9})\\s*[-:]\\s*([0-9]{1,9})");

  /** What the limits of a band count. */
  public enum Unit {
    /** Energy of the photon in keV. */
    KEV,
    /** Channel of the column PI. */
    CHANNEL
  }

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if the upper limit is not above the lower one, or for channels
   *     below it
   */
  public EventBand {
    if (!(low < high) && !(unit == Unit.CHANNEL && low == high)) {
      throw new IllegalArgumentException(
          "band=" + low + "-" + high + ": the upper limit must be above the lower one");
    }
  }

  /**
   * Parses a band of energies as users write it.
   *
   * @param text two numbers and a unit, such as {@code 0.5-7keV} or {@code 500-7000eV}, or {@code
   *     all}
   * @return the band
   * @throws IllegalArgumentException if it is something else
   */
  public static EventBand energies(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    Matcher matcher = ENERGIES.matcher(plain);
    if (plain.equals("all")) {
      return ALL;
    }
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "energy=" + text + "; give two energies and their unit, such as 0.5-7keV, or all");
    }
    double unit = matcher.group(3).equals("ev") ? 1000 : 1;
    return new EventBand(
        Double.parseDouble(matcher.group(1)) / unit,
        Double.parseDouble(matcher.group(2)) / unit,
        Unit.KEV);
  }

  /**
   * Parses a band of channels as users write it.
   *
   * @param text two whole numbers, such as {@code 50-700}
   * @return the band
   * @throws IllegalArgumentException if it is something else
   */
  public static EventBand channels(String text) {
    Matcher matcher = CHANNELS.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "pi=" + text + "; give the first and the last channel, such as 50-700");
    }
    return new EventBand(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), Unit.CHANNEL);
  }

  @Override
  public String toString() {
    if (equals(ALL)) {
      return "all energies";
    }
    return unit == Unit.CHANNEL
        ? "channels %.0f-%.0f".formatted(low, high)
        : plain(low) + "-" + plain(high) + " keV";
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
