package org.clusternet.data.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.sky.CelestialSystem;
import org.clusternet.data.sky.SkyProjection;

/**
 * Position and scale of an image's pixels in the sky: its celestial world coordinates (FITS
 * Standard 4.0, section 8; Greisen and Calabretta 2002, A&amp;A 395, 1061; Calabretta and Greisen
 * 2002, A&amp;A 395, 1077).
 *
 * <p>Scales and resampling need the linear part only; positions also need the projection. The
 * keywords of projection, reference and celestial system go unchanged to a resampled image, angles
 * in degrees. Distortions (SIP, TPV and others) belong to the original pixels: a frame that has
 * them keeps its scale, but gives no positions.
 *
 * @param crpix1 column of the reference pixel, counted from 1
 * @param crpix2 row of the reference pixel, counted from 1
 * @param matrix degrees per pixel: CD1_1, CD1_2, CD2_1, CD2_2
 * @param carried the other keywords of the coordinates that are copied, with their values
 * @param distortion name of the distortion that the header adds to the projection, empty for none
 */
public record SkyFrame(
    double crpix1, double crpix2, double[] matrix, Map<String, Object> carried, String distortion) {
  private static final double ARCSEC = 3600;

  /** Copies the matrix and the keywords. */
  public SkyFrame {
    matrix = matrix.clone();
    carried = Map.copyOf(carried);
  }

  /**
   * The celestial frame of a header.
   *
   * @param keywords keywords of the header
   * @return empty if the axes are not celestial, their scale is missing or zero, or a value not
   *     finite
   */
  public static Optional<SkyFrame> of(FitsKeywords keywords) {
    if (!SkyKeywords.isCelestial(keywords)) {
      return Optional.empty();
    }
    double[] matrix = AxisKeywords.matrix(keywords, SkyKeywords.turnedAxis(keywords));
    for (int i = 0; i < 4; i++) {
      matrix[i] *= AxisKeywords.degrees(keywords, i / 2 + 1);
    }
    if (!AxisKeywords.isRegular(matrix) || !AxisKeywords.isFinite(keywords)) {
      return Optional.empty();
    }
    return Optional.of(
        new SkyFrame(
            keywords.number("CRPIX1").orElse(0),
            keywords.number("CRPIX2").orElse(0),
            matrix,
            SkyKeywords.carried(keywords),
            Distortion.of(keywords)));
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
   * The celestial system of the coordinates (FITS Standard 4.0, section 8.3; without RADESYS and
   * EQUINOX it is ICRS).
   *
   * @return empty for systems that have no fixed place among the stars, such as horizontal or
   *     heliographic coordinates; {@link #systemName} names them
   */
  public Optional<CelestialSystem> system() {
    return coordinates().system();
  }

  private SkyKeywords coordinates() {
    return new SkyKeywords(carried);
  }

  /**
   * The name of the celestial system for messages.
   *
   * @return the system's name, or the keywords that name another one
   */
  public String systemName() {
    return system().map(CelestialSystem::toString).orElseGet(coordinates()::named);
  }

  /**
   * Why this frame gives no positions.
   *
   * @return a name such as {@code projection=COE} or {@code distortion=SIP}; empty if it gives some
   */
  public Optional<String> obstacle() {
    if (!distortion.isEmpty()) {
      return Optional.of("distortion=" + distortion);
    }
    try {
      return coordinates().projection().isPresent()
          ? Optional.empty()
          : Optional.of("projection=" + coordinates().code() + " with impossible CRVAL or LONPOLE");
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<SkyProjection> positions() {
    return obstacle().isPresent() ? Optional.empty() : coordinates().projection();
  }

  /**
   * The pixel at a position in the sky.
   *
   * @param system celestial system of the position
   * @param longitude longitude or right ascension in degrees
   * @param latitude latitude or declination in degrees
   * @return x and y in pixels, from 0 at the centre of the first; empty as {@link #pixelOf(double,
   *     double)}, and if the system of the image is not known
   */
  public Optional<double[]> pixelOf(CelestialSystem system, double longitude, double latitude) {
    Optional<CelestialSystem> own = system();
    if (own.isEmpty() || own.get().equals(system)) {
      return own.flatMap(s -> pixelOf(longitude, latitude));
    }
    double[] icrs = system.toIcrs(longitude, latitude);
    double[] place = own.get().fromIcrs(icrs[0], icrs[1]);
    return pixelOf(place[0], place[1]);
  }

  /**
   * The pixel at a position in the celestial system of the image.
   *
   * @param longitude longitude or right ascension in degrees
   * @param latitude latitude or declination in degrees
   * @return x and y in pixels, from 0 at the centre of the first; empty if the frame gives no
   *     positions ({@link #obstacle}), or its projection does not show this one
   */
  public Optional<double[]> pixelOf(double longitude, double latitude) {
    double determinant = matrix[0] * matrix[3] - matrix[1] * matrix[2];
    boolean swapped = coordinates().longitudeAxis() == 2;
    return positions()
        .flatMap(p -> p.plane(longitude, latitude))
        .map(p -> swapped ? new double[] {p[1], p[0]} : p)
        .map(
            p ->
                new double[] {
                  crpix1 - 1 + (matrix[3] * p[0] - matrix[1] * p[1]) / determinant,
                  crpix2 - 1 + (matrix[0] * p[1] - matrix[2] * p[0]) / determinant
                });
  }

  /**
   * The position of a pixel in the celestial system of the image: the inverse of {@link
   * #pixelOf(double, double)}.
   *
   * @param x column, from 0 at the centre of the first
   * @param y row, from 0 at the centre of the first
   * @return the two celestial coordinates in degrees, the first from 0 to 360; empty if the frame
   *     gives no positions, or the pixel is outside of the projected sky
   */
  public Optional<double[]> skyOf(double x, double y) {
    double dx = x + 1 - crpix1;
    double dy = y + 1 - crpix2;
    double first = matrix[0] * dx + matrix[1] * dy;
    double second = matrix[2] * dx + matrix[3] * dy;
    boolean swapped = coordinates().longitudeAxis() == 2;
    return positions().flatMap(p -> swapped ? p.place(second, first) : p.place(first, second));
  }

  /**
   * The position in the sky of the reference pixel, as the projections have it whose reference
   * point is the origin.
   *
   * @return longitude and latitude in degrees: CRVAL of their axes
   */
  public double[] reference() {
    return coordinates().reference();
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
        carried,
        distortion);
  }

  /**
   * The FITS keywords of this frame.
   *
   * @return in the CD form, in degrees; a distortion is named in a comment, as it is left out
   */
  public List<Card> cards() {
    List<Card> cards = new ArrayList<>();
    for (String key : SkyKeywords.CARRIED) {
      if (carried.containsKey(key)) {
        cards.add(new Card(key, carried.get(key), ""));
      }
    }
    cards.add(new Card("CRPIX1", crpix1, ""));
    cards.add(new Card("CRPIX2", crpix2, ""));
    cards.add(new Card("CUNIT1", "deg", ""));
    cards.add(new Card("CUNIT2", "deg", ""));
    for (int i = 0; i < 4; i++) {
      cards.add(new Card("CD" + AxisKeywords.PLACES[i], matrix[i] + 0.0, "")); // no -0
    }
    if (!distortion.isEmpty()) {
      cards.add(new Card("COMMENT", "coordinates without the distortion of the image read", ""));
    }
    return cards;
  }
}
