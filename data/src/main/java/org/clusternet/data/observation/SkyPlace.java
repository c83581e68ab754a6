package org.clusternet.data.observation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.clusternet.data.sky.CelestialSystem;
import org.clusternet.data.sky.Sexagesimal;

/**
 * A position in the sky, in ICRS; images in other celestial systems convert it.
 *
 * @param ra right ascension in degrees, from 0 to 360
 * @param dec declination in degrees, from -90 to 90
 */
public record SkyPlace(double ra, double dec) {
  private static final Pattern TEXT =
      Pattern.compile("(?:\\s*([A-Za-z][A-Za-z0-9-]*)\\s*:)?([^,]+),([^,]+)");
  private static final String REMEDY =
      "; give degrees, ra from 0 to 360, dec from -90 to 90, or hh:mm:ss,dd:mm:ss, or another"
          + " system by its name: galactic:l,b (fk5, fk4, ecliptic, supergalactic)";

  /**
   * Checks the coordinates.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public SkyPlace {
    if (!isPlace(ra, dec)) {
      throw new IllegalArgumentException("place: ra=" + ra + " dec=" + dec + REMEDY);
    }
  }

  private static boolean isPlace(double longitude, double latitude) {
    return longitude >= 0 && longitude <= 360 && latitude >= -90 && latitude <= 90;
  }

  /**
   * Parses a position as users write it.
   *
   * @param text right ascension and declination with a comma between them, each in degrees or
   *     sexagesimal; the name of another system may stand before them with a colon
   * @return the position
   * @throws IllegalArgumentException if it is something else
   */
  public static SkyPlace parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("center=" + text + REMEDY);
    }
    String name = parts.group(1) == null ? "icrs" : parts.group(1);
    CelestialSystem system =
        CelestialSystem.named(name)
            .orElseThrow(
                () -> new IllegalArgumentException("center=" + text + ": system=" + name + REMEDY));
    double longitude;
    double latitude;
    try {
      longitude = Sexagesimal.degrees(parts.group(2), system.kind().isEquatorial());
      latitude = Sexagesimal.degrees(parts.group(3), false);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("center=" + text + ": " + e.getMessage() + REMEDY, e);
    }
    if (!isPlace(longitude, latitude)) {
      throw new IllegalArgumentException("center=" + text + REMEDY);
    }
    if (system.equals(CelestialSystem.ICRS)) {
      return new SkyPlace(longitude, latitude);
    }
    double[] place = system.toIcrs(longitude, latitude);
    return new SkyPlace(place[0], place[1]);
  }
}
