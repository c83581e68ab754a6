package org.clusternet.data.region;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.clusternet.data.sky.Sexagesimal;

/**
 * A coordinate, size or angle of a region with its unit.
 *
 * @param value the number, in degrees for all units of the sky
 * @param unit what it counts
 */
record RegionNumber(double value, Unit unit) {
  private static final Pattern TEXT =
      Pattern.compile("([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)([dr'\"pi]?)");

  /** What a number counts. */
  enum Unit {
    /** The unit of the coordinate system. */
    OWN,
    /** Degrees in the sky. */
    DEGREES,
    /** Physical pixels. */
    PHYSICAL,
    /** Pixels of the image. */
    IMAGE
  }

  /**
   * Parses a number.
   *
   * @param text such as {@code 12.5}, {@code 3.4"}, {@code 10p} or {@code 12:30:45.6}
   * @param hours whether {@code a:b:c} means hours
   * @throws IllegalArgumentException if it is something else
   */
  static RegionNumber of(String text, boolean hours) {
    Matcher plain = TEXT.matcher(text);
    if (!plain.matches()) {
      return new RegionNumber(Sexagesimal.degrees(text, hours), Unit.DEGREES);
    }
    double value = Double.parseDouble(plain.group(1));
    return switch (plain.group(2)) {
      case "d" -> new RegionNumber(value, Unit.DEGREES);
      case "r" -> new RegionNumber(Math.toDegrees(value), Unit.DEGREES);
      case "'" -> new RegionNumber(value / 60, Unit.DEGREES);
      case "\"" -> new RegionNumber(value / 3600, Unit.DEGREES);
      case "p" -> new RegionNumber(value, Unit.PHYSICAL);
      case "i" -> new RegionNumber(value, Unit.IMAGE);
      default -> new RegionNumber(value, Unit.OWN);
    };
  }
}
