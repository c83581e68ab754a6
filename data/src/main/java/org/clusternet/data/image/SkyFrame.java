package org.clusternet.data.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.clusternet.data.image.FitsFile.Card;

/**
 * Position and scale of an image's pixels in the sky: the linear part of its world coordinates
 * (FITS Standard 4.0, section 8; Greisen and Calabretta 2002, A&amp;A 395, 1061), in all three
 * forms that headers have: CDELT with CROTA2, CDELT with PC, and CD.
 *
 * <p>Scales and resampling need only that part. The projection (TAN and others), the reference
 * value and the celestial frame are copied unchanged, so that a resampled image keeps its position
 * in the sky. Distortions (SIP, TPV) belong to the original pixels and are dropped.
 *
 * @param crpix1 column of the reference pixel, counted from 1
 * @param crpix2 row of the reference pixel, counted from 1
 * @param matrix degrees per pixel: CD1_1, CD1_2, CD2_1, CD2_2
 * @param carried the other keywords of the coordinates that are copied, with their values
 */
public record SkyFrame(double crpix1, double crpix2, double[] matrix, Map<String, Object> carried) {
  private static final double ARCSEC = 3600;
  private static final List<String> CARRIED =
      List.of(
          "CTYPE1",
          "CTYPE2",
          "CRVAL1",
          "CRVAL2",
          "RADESYS",
          "RADECSYS",
          "EQUINOX",
          "LONPOLE",
          "LATPOLE",
          "PV1_1",
          "PV1_2",
          "PV1_3",
          "PV1_4",
          "PV2_1",
          "PV2_2",
          "PV2_3");

  /** Copies the matrix and the keywords. */
  public SkyFrame {
    matrix = matrix.clone();
    carried = Map.copyOf(carried);
  }

  /**
   * The celestial frame of a header.
   *
   * @param keywords keywords of the header
   * @return empty if the axes are not celestial, or their scale is missing or zero
   */
  public static Optional<SkyFrame> of(FitsKeywords keywords) {
    for (int axis = 1; axis <= 2; axis++) {
      String type = keywords.text("CTYPE" + axis).orElse("").toUpperCase(Locale.ROOT);
      if (!type.matches("(RA|DEC|[GES]LON|[GES]LAT)(-.*)?")) {
        return Optional.empty();
      }
    }
    double[] matrix = matrix(keywords);
    for (int i = 0; i < 4; i++) {
      matrix[i] *= degrees(keywords.text("CUNIT" + (i / 2 + 1)).orElse("deg"));
    }
    double determinant = matrix[0] * matrix[3] - matrix[1] * matrix[2];
    if (!(Math.abs(determinant) > 0) || Double.isInfinite(determinant)) {
      return Optional.empty();
    }
    Map<String, Object> carried = new LinkedHashMap<>();
    for (String key : CARRIED) {
      if (keywords.values().containsKey(key)) {
        carried.put(key.equals("RADECSYS") ? "RADESYS" : key, keywords.values().get(key));
      }
    }
    return Optional.of(
        new SkyFrame(
            keywords.number("CRPIX1").orElse(0),
            keywords.number("CRPIX2").orElse(0),
            matrix,
            carried));
  }

  private static double[] matrix(FitsKeywords keywords) {
    String[] places = {"1_1", "1_2", "2_1", "2_2"};
    double[] matrix = new double[4];
    boolean anyCd = false;
    for (int i = 0; i < 4; i++) {
      anyCd |= keywords.number("CD" + places[i]).isPresent();
      matrix[i] = keywords.number("CD" + places[i]).orElse(0);
    }
    if (anyCd) {
      return matrix;
    }
    double[] step = {keywords.number("CDELT1").orElse(0), keywords.number("CDELT2").orElse(0)};
    boolean anyPc = keywords.values().keySet().stream().anyMatch(k -> k.matches("PC[12]_[12]"));
    double angle = anyPc ? 0 : Math.toRadians(keywords.number("CROTA2").orElse(0));
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double[] turned = {step[0] * cos, -step[1] * sin, step[0] * sin, step[1] * cos};
    for (int i = 0; i < 4; i++) {
      double identity = i == 0 || i == 3 ? 1 : 0;
      matrix[i] =
          anyPc ? step[i / 2] * keywords.number("PC" + places[i]).orElse(identity) : turned[i];
    }
    return matrix;
  }

  private static double degrees(String unit) {
    return switch (unit.toLowerCase(Locale.ROOT)) {
      case "arcsec" -> 1 / ARCSEC;
      case "arcmin" -> 1.0 / 60;
      case "rad" -> 180 / Math.PI;
      case "mas" -> 1e-3 / ARCSEC;
      default -> 1;
    };
  }

  /**
   * The side of a square with the area of a pixel.
   *
   * @return in arcsec
   */
  public double arcsecPerPixel() {
    return ARCSEC * Math.sqrt(Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]));
  }

  /**
   * The ratio of a pixel's sides.
   *
   * @return the longer side over the shorter one, at least 1
   */
  public double elongation() {
    double first = Math.sqrt(matrix[0] * matrix[0] + matrix[2] * matrix[2]);
    double second = Math.sqrt(matrix[1] * matrix[1] + matrix[3] * matrix[3]);
    return Math.max(first, second) / Math.min(first, second);
  }

  /**
   * The pixel at a position in the sky (gnomonic projection: Calabretta and Greisen 2002, A&amp;A
   * 395, 1077, section 5.1.3).
   *
   * @param ra the first celestial coordinate in degrees, right ascension as a rule
   * @param dec the second celestial coordinate in degrees
   * @return x and y in pixels, from 0 at the centre of the first; empty if the projection is not
   *     TAN in its usual orientation, or the position is in the opposite half of the sky
   */
  public Optional<double[]> pixelOf(double ra, double dec) {
    double a = Math.toRadians(ra - number("CRVAL1", 0));
    double d = Math.toRadians(dec);
    double d0 = Math.toRadians(number("CRVAL2", 0));
    double cos = StrictMath.cos(d) * StrictMath.cos(a);
    double depth = StrictMath.sin(d) * StrictMath.sin(d0) + cos * StrictMath.cos(d0);
    if (!isUsualGnomonic() || !(depth > 0)) {
      return Optional.empty();
    }
    double xi = Math.toDegrees(StrictMath.cos(d) * StrictMath.sin(a) / depth);
    double eta =
        Math.toDegrees((StrictMath.sin(d) * StrictMath.cos(d0) - cos * StrictMath.sin(d0)) / depth);
    double determinant = matrix[0] * matrix[3] - matrix[1] * matrix[2];
    return Optional.of(
        new double[] {
          crpix1 - 1 + (matrix[3] * xi - matrix[1] * eta) / determinant,
          crpix2 - 1 + (matrix[0] * eta - matrix[2] * xi) / determinant
        });
  }

  /**
   * The position in the sky of a pixel: the inverse of {@link #pixelOf}.
   *
   * @param x column, from 0 at the centre of the first
   * @param y row, from 0 at the centre of the first
   * @return the two celestial coordinates in degrees, the first from 0 to 360; empty if the
   *     projection is not TAN in its usual orientation
   */
  public Optional<double[]> skyOf(double x, double y) {
    if (!isUsualGnomonic()) {
      return Optional.empty();
    }
    double dx = x + 1 - crpix1;
    double dy = y + 1 - crpix2;
    double xi = Math.toRadians(matrix[0] * dx + matrix[1] * dy);
    double eta = Math.toRadians(matrix[2] * dx + matrix[3] * dy);
    double d0 = Math.toRadians(number("CRVAL2", 0));
    double depth = StrictMath.cos(d0) - eta * StrictMath.sin(d0);
    double height = StrictMath.sin(d0) + eta * StrictMath.cos(d0);
    double ra = number("CRVAL1", 0) + Math.toDegrees(StrictMath.atan2(xi, depth));
    double dec = Math.toDegrees(StrictMath.atan2(height, StrictMath.hypot(xi, depth)));
    return Optional.of(new double[] {ra - 360 * Math.floor(ra / 360), dec});
  }

  private boolean isUsualGnomonic() {
    String first = String.valueOf(carried.get("CTYPE1"));
    return first.contains("-TAN")
        && String.valueOf(carried.get("CTYPE2")).contains("-TAN")
        && !first.contains("LAT")
        && !first.startsWith("DEC")
        && number("LONPOLE", 180) == 180;
  }

  private double number(String key, double standard) {
    return carried.get(key) instanceof Number number ? number.doubleValue() : standard;
  }

  /**
   * The position in the sky of the reference pixel.
   *
   * @return CRVAL1 and CRVAL2 in degrees
   */
  public double[] reference() {
    return new double[] {number("CRVAL1", 0), number("CRVAL2", 0)};
  }

  /**
   * The frame of an image that is resampled to larger or smaller pixels.
   *
   * @param factor side of a new pixel in units of old pixels
   * @param startX left edge of the first new column, in old pixels from the edge of the old image
   * @param startY lower edge of the first new row, in old pixels from the edge of the old image
   * @return the frame of the new image
   */
  public SkyFrame resampled(double factor, double startX, double startY) {
    double[] scaled = matrix.clone();
    for (int i = 0; i < 4; i++) {
      scaled[i] *= factor;
    }
    return new SkyFrame(
        (crpix1 - 0.5 - startX) / factor + 0.5,
        (crpix2 - 0.5 - startY) / factor + 0.5,
        scaled,
        carried);
  }

  /**
   * The FITS keywords of this frame.
   *
   * @return in the CD form, in degrees
   */
  public List<Card> cards() {
    List<Card> cards = new ArrayList<>();
    for (String key : CARRIED) {
      if (carried.containsKey(key)) {
        cards.add(new Card(key, carried.get(key), ""));
      }
    }
    cards.add(new Card("CRPIX1", crpix1, ""));
    cards.add(new Card("CRPIX2", crpix2, ""));
    cards.add(new Card("CUNIT1", "deg", ""));
    cards.add(new Card("CUNIT2", "deg", ""));
    String[] places = {"CD1_1", "CD1_2", "CD2_1", "CD2_2"};
    for (int i = 0; i < 4; i++) {
      cards.add(new Card(places[i], matrix[i] + 0.0, "")); // no -0
    }
    return cards;
  }
}
