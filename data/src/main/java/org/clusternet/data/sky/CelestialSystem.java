package org.clusternet.data.sky;

import java.util.Locale;
import java.util.Optional;

/**
 * A celestial coordinate system, with conversions from and to ICRS.
 *
 * @param kind axes of the system
 * @param equinox year of the equinox: Besselian for FK4, Julian for FK5 and the ecliptic; without
 *     meaning for the others
 */
public record CelestialSystem(Kind kind, double equinox) {
  /** The International Celestial Reference System. */
  public static final CelestialSystem ICRS = new CelestialSystem(Kind.ICRS, 2000);

  private static final int ITERATIONS = 10;

  /** The axes of a system. */
  public enum Kind {
    /** Equatorial, by quasars. */
    ICRS(2000),
    /** Equatorial, J2000 as a rule. */
    FK5(2000),
    /** Equatorial, B1950 as a rule, with the E-terms of aberration. */
    FK4(1950),
    /** As {@link #FK4}, without the E-terms. */
    FK4_NO_E(1950),
    /** Galactic longitude and latitude. */
    GALACTIC(2000),
    /** Supergalactic longitude and latitude. */
    SUPERGALACTIC(2000),
    /** Ecliptic longitude and latitude. */
    ECLIPTIC(2000);

    private final double standard;

    Kind(double standard) {
      this.standard = standard;
    }

    /** Whether longitudes are right ascensions, which people write in hours. */
    public boolean isEquatorial() {
      return this == ICRS || this == FK5 || this == FK4 || this == FK4_NO_E;
    }
  }

  /**
   * A system of its usual equinox, by the name that region files and people use.
   *
   * @param name for example fk5, J2000, b1950 or galactic, in any case
   * @return empty if it is none of them
   */
  public static Optional<CelestialSystem> named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "icrs" -> Optional.of(ICRS);
      case "fk5", "j2000" -> Optional.of(standard(Kind.FK5));
      case "fk4", "b1950" -> Optional.of(standard(Kind.FK4));
      case "fk4-no-e" -> Optional.of(standard(Kind.FK4_NO_E));
      case "galactic" -> Optional.of(standard(Kind.GALACTIC));
      case "supergalactic" -> Optional.of(standard(Kind.SUPERGALACTIC));
      case "ecliptic" -> Optional.of(standard(Kind.ECLIPTIC));
      default -> Optional.empty();
    };
  }

  /**
   * A system of its usual equinox.
   *
   * @param kind the axes
   * @return B1950 for FK4, else J2000
   */
  public static CelestialSystem standard(Kind kind) {
    return new CelestialSystem(kind, kind.standard);
  }

  /**
   * The same axes of another equinox.
   *
   * @param year the year, NaN to keep the present one
   * @return the system; ICRS, galactic and supergalactic axes have no equinox and stay
   */
  public CelestialSystem at(double year) {
    boolean fixed = kind == Kind.ICRS || kind == Kind.GALACTIC || kind == Kind.SUPERGALACTIC;
    return fixed || Double.isNaN(year) ? this : new CelestialSystem(kind, year);
  }

  /** Whether the equinox is the usual one, which names without a year stand for. */
  public boolean isStandard() {
    return equinox == kind.standard;
  }

  /**
   * Converts a position to ICRS.
   *
   * @param longitude longitude or right ascension in degrees
   * @param latitude latitude or declination in degrees
   * @return right ascension from 0 to 360 and declination in degrees
   */
  public double[] toIcrs(double longitude, double latitude) {
    double[] place = Sphere.vector(longitude, latitude);
    if (kind == Kind.FK4) {
      double[] terms = Precession.aberration(equinox);
      double along = Sphere.dot(terms, place);
      for (int i = 0; i < 3; i++) {
        place[i] += along * place[i] - terms[i];
      }
    }
    double[][] matrix = isFk4() ? Precession.fromFk4(equinox) : Sphere.transposed(fromIcrs());
    return Sphere.angles(Sphere.times(matrix, place));
  }

  /**
   * Converts a position from ICRS.
   *
   * @param ra right ascension in degrees
   * @param dec declination in degrees
   * @return longitude or right ascension from 0 to 360 and latitude or declination, in degrees
   */
  public double[] fromIcrs(double ra, double dec) {
    double[][] matrix = isFk4() ? Sphere.transposed(Precession.fromFk4(equinox)) : fromIcrs();
    double[] place = Sphere.times(matrix, Sphere.vector(ra, dec));
    return Sphere.angles(kind == Kind.FK4 ? withAberration(place) : place);
  }

  private double[] withAberration(double[] place) {
    double[] terms = Precession.aberration(equinox);
    double[] apparent = place;
    for (int n = 0; n < ITERATIONS; n++) {
      double along = 1 + Sphere.dot(terms, apparent);
      double[] next = new double[3];
      for (int i = 0; i < 3; i++) {
        next[i] = (place[i] + terms[i]) / along;
      }
      apparent = next;
    }
    return apparent;
  }

  private boolean isFk4() {
    return kind == Kind.FK4 || kind == Kind.FK4_NO_E;
  }

  private double[][] fromIcrs() {
    return switch (kind) {
      case FK5 -> Precession.fk5(equinox);
      case GALACTIC -> Sphere.product(Precession.galactic(), Precession.fk5(2000));
      case SUPERGALACTIC ->
          Sphere.product(Precession.supergalactic(), Precession.galactic(), Precession.fk5(2000));
      case ECLIPTIC -> Precession.ecliptic(equinox);
      default -> Sphere.rotation(0, 0);
    };
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return isStandard() ? name : name + " of equinox " + equinox;
  }
}
