package org.clusternet.data.observation;

/**
 * A position in the sky, in the celestial coordinates of the image.
 *
 * @param ra right ascension (or longitude) in degrees, from 0 to 360
 * @param dec declination (or latitude) in degrees, from -90 to 90
 */
public record SkyPlace(double ra, double dec) {
  private static final String REMEDY = "; give degrees, ra from 0 to 360, dec from -90 to 90";

  /**
   * Checks the coordinates.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public SkyPlace {
    if (!(ra >= 0 && ra <= 360 && dec >= -90 && dec <= 90)) {
      throw new IllegalArgumentException("place: ra=" + ra + " dec=" + dec + REMEDY);
    }
  }

  /**
   * Parses a position as users write it.
   *
   * @param text two numbers with a comma between them
   * @return the position
   * @throws IllegalArgumentException if it is something else
   */
  public static SkyPlace parse(String text) {
    String[] parts = text.split(",", -1);
    try {
      if (parts.length == 2) {
        return new SkyPlace(
            Double.parseDouble(parts[0].strip()), Double.parseDouble(parts[1].strip()));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("center=" + text + REMEDY, e);
    }
    throw new IllegalArgumentException("center=" + text + REMEDY);
  }
}
