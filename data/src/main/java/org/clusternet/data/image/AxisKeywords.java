package org.clusternet.data.image;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The linear part of an image's two axes (FITS Standard 4.0, section 8; Greisen and Calabretta
 * 2002, A&amp;A 395, 1061) in all the spellings that headers have: CDi_j, CD00i00j, CDELT with
 * PCi_j or PC00i00j, CDELT with CROTAi.
 */
final class AxisKeywords {
  /** The four elements' places in keywords: CD1_1, CD1_2, CD2_1, CD2_2. */
  static final String[] PLACES = {"1_1", "1_2", "2_1", "2_2"};

  private static final Map<String, Double> DEGREES =
      Map.ofEntries(
          Map.entry("arcmin", 1.0 / 60),
          Map.entry("arcsec", 1.0 / 3600),
          Map.entry("mas", 1e-3 / 3600),
          Map.entry("uas", 1e-6 / 3600),
          Map.entry("rad", 180 / Math.PI),
          Map.entry("radian", 180 / Math.PI),
          Map.entry("radians", 180 / Math.PI));
  private static final Pattern YEAR = Pattern.compile("[JB]?\\s*(\\d{4}(?:\\.\\d*)?)");

  private AxisKeywords() {}

  /**
   * The matrix from pixels to the axes' units; zeros where the scale is missing.
   *
   * @param keywords the header
   * @param turned axis whose CROTA counts, the latitude for celestial axes
   */
  static double[] matrix(FitsKeywords keywords, int turned) {
    double[] matrix = elements(keywords, "CD");
    if (matrix.length > 0) {
      return filled(matrix, 0);
    }
    double[] step = {keywords.number("CDELT1").orElse(0), keywords.number("CDELT2").orElse(0)};
    double[] turns = elements(keywords, "PC");
    if (turns.length > 0) {
      double[] pc = filled(turns, 1);
      return new double[] {step[0] * pc[0], step[0] * pc[1], step[1] * pc[2], step[1] * pc[3]};
    }
    double angle =
        Math.toRadians(
            keywords
                .number("CROTA" + turned)
                .orElse(keywords.number("CROTA" + (3 - turned)).orElse(0)));
    double cos = StrictMath.cos(angle);
    double sin = (turned == 2 ? 1 : -1) * StrictMath.sin(angle);
    return new double[] {step[0] * cos, -step[1] * sin, step[0] * sin, step[1] * cos};
  }

  /** Elements that a header has, NaN for the others; empty if it has none. */
  private static double[] elements(FitsKeywords keywords, String prefix) {
    double[] elements = new double[PLACES.length];
    boolean any = false;
    for (int i = 0; i < elements.length; i++) {
      OptionalDouble value = keywords.number(prefix + PLACES[i]);
      if (value.isEmpty()) {
        value = keywords.number(prefix + "00" + PLACES[i].replace("_", "00"));
      }
      elements[i] = value.orElse(Double.NaN);
      any |= value.isPresent();
    }
    return any ? elements : new double[0];
  }

  private static double[] filled(double[] elements, double diagonal) {
    for (int i = 0; i < elements.length; i++) {
      if (Double.isNaN(elements[i])) {
        elements[i] = i == 0 || i == 3 ? diagonal : 0;
      }
    }
    return elements;
  }

  /** Degrees in an axis's unit, 1 for degrees and units that are not angles. */
  static double degrees(FitsKeywords keywords, int axis) {
    String unit = keywords.text("CUNIT" + axis).orElse("deg").toLowerCase(Locale.ROOT);
    return DEGREES.getOrDefault(unit, 1.0);
  }

  /**
   * The year of EQUINOX, or of EPOCH, which older files have for it (FITS Standard, section 8.3).
   */
  static OptionalDouble equinox(FitsKeywords keywords) {
    OptionalDouble year = year(keywords, "EQUINOX");
    return year.isPresent() ? year : year(keywords, "EPOCH");
  }

  private static OptionalDouble year(FitsKeywords keywords, String key) {
    OptionalDouble number = keywords.number(key);
    if (number.isPresent()) {
      return number.getAsDouble() > 0 ? number : OptionalDouble.empty();
    }
    return keywords
        .text(key)
        .map(YEAR::matcher)
        .filter(m -> m.matches())
        .map(m -> OptionalDouble.of(Double.parseDouble(m.group(1))))
        .orElse(OptionalDouble.empty());
  }

  /** Whether CRPIX and CRVAL are finite where a header has them. */
  static boolean isFinite(FitsKeywords keywords) {
    return Stream.of("CRPIX1", "CRPIX2", "CRVAL1", "CRVAL2")
        .allMatch(key -> Double.isFinite(keywords.number(key).orElse(0)));
  }

  /** A matrix that is not singular. */
  static boolean isRegular(double[] matrix) {
    double determinant = matrix[0] * matrix[3] - matrix[1] * matrix[2];
    return Math.abs(determinant) > 0 && !Double.isInfinite(determinant);
  }
}
