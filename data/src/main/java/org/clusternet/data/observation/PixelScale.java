package org.clusternet.data.observation;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The wanted side of pixels.
 *
 * @param size side of a pixel, positive
 * @param unit unit of the size
 */
public record PixelScale(double size, Unit unit) {
  private static final Pattern TEXT = Pattern.compile("([0-9.]+(?:e-?[0-9]+)?)\\s*(kpc|arcsec)");

  /** Unit of a pixel's side. */
  public enum Unit {
    /** At the cluster: needs its redshift, or images of known kpc per pixel. */
    KPC,
    /** In the sky: needs celestial coordinates in the image. */
    ARCSEC
  }

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException if it is not a finite positive number
   */
  public PixelScale {
    if (!(size > 0) || Double.isInfinite(size)) {
      throw new IllegalArgumentException("scale=" + size + "; it must be a positive number");
    }
  }

  /**
   * Parses a scale as users write it.
   *
   * @param text a number and a unit, such as {@code 4kpc} or {@code 2.5arcsec}
   * @return the scale
   * @throws IllegalArgumentException if it is something else
   */
  public static PixelScale parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "scale=" + text + "; give a number and a unit, such as 4kpc or 2.5arcsec");
    }
    return new PixelScale(
        Double.parseDouble(matcher.group(1)),
        Unit.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)));
  }

  @Override
  public String toString() {
    return size + unit.name().toLowerCase(Locale.ROOT);
  }
}
