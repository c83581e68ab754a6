package org.clusternet.data.sky;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Angles as people write them: degrees, {@code hh:mm:ss.s}, {@code 12h34m56s}, {@code dd:mm:ss}.
 */
public final class Sexagesimal {
  private static final Pattern COLONS =
      Pattern.compile("([+-]?)(\\d+):(\\d+)(?::(\\d+(?:\\.\\d*)?))?");
  private static final Pattern LETTERS =
      Pattern.compile("([+-]?)(\\d+)([hd])(\\d+)m(?:(\\d+(?:\\.\\d*)?)s?)?");
  private static final double HOUR = 15;

  private Sexagesimal() {}

  /**
   * Parses an angle.
   *
   * @param text a number of degrees or a sexagesimal angle
   * @param hours whether {@code a:b:c} means hours
   * @return in degrees
   * @throws IllegalArgumentException if it is something else, or has minutes or seconds of 60
   */
  public static double degrees(String text, boolean hours) {
    String plain = text.strip();
    Matcher colons = COLONS.matcher(plain);
    if (colons.matches()) {
      return (hours ? HOUR : 1)
          * value(text, colons.group(1), colons.group(2), colons.group(3), colons.group(4));
    }
    Matcher letters = LETTERS.matcher(plain);
    if (letters.matches()) {
      return (letters.group(3).equals("h") ? HOUR : 1)
          * value(text, letters.group(1), letters.group(2), letters.group(4), letters.group(5));
    }
    if (!plain.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
      throw new IllegalArgumentException("angle=" + text + " is no number of degrees, nor a:b:c");
    }
    return Double.parseDouble(plain);
  }

  private static double value(
      String text, String sign, String whole, String minutes, @Nullable String seconds) {
    double m = Double.parseDouble(minutes);
    double s = seconds == null ? 0 : Double.parseDouble(seconds);
    if (m >= 60 || s >= 60) {
      throw new IllegalArgumentException("angle=" + text + " has minutes or seconds of 60 or more");
    }
    double size = Double.parseDouble(whole) + m / 60 + s / 3600;
    return sign.equals("-") ? -size : size;
  }
}
