package org.clusternet.data.sky;

/**
 * Rotations between equatorial, galactic and ecliptic axes of any equinox.
 *
 * <p>FK5 and the ecliptic precess by the IAU 2006 model (Fukushima-Williams angles: Capitaine,
 * Wallace and Chapront 2005, A&amp;A 432, 355; Hilton et al. 2006, Celest. Mech. 94, 351), as in
 * astropy, so that places agree with it; the model of 1976, in which FK5 was defined, differs by
 * 0.3 arcsec a century. FK4 precesses by Newcomb's angles (Explanatory Supplement 1961) and goes to
 * FK5 by the matrix of Murray (1989, A&amp;A 218, 325, Eq. 28 and 29), without proper motion in FK5
 * at the time of the equinox.
 */
final class Precession {
  private static final double ARCSEC = Math.toRadians(1 / 3600.0);
  private static final double[] GAMMA = {
    -0.052928, 10.556378, 0.4932044, -0.00031238, -0.000002788, 0.0000000260
  };
  private static final double[] PHI = {
    84381.412819, -46.811016, 0.0511268, 0.00053289, -0.000000440, -0.0000000176
  };
  private static final double[] PSI = {
    -0.041775, 5038.481484, 1.5584175, -0.00018522, -0.000026452, -0.0000000148
  };
  private static final double[] OBLIQUITY = {
    84381.406, -46.836769, -0.0001831, 0.00200340, -0.000000576, -0.0000000434
  };
  private static final double[][] MURRAY = {
    {0.9999256794956877, -0.0111814832204662, -0.0048590038153592},
    {0.0111814832391717, 0.9999374848933135, -0.0000271625947142},
    {0.0048590037723143, -0.0000271702937440, 0.9999881946023742}
  };
  private static final double[][] MURRAY_PER_CENTURY = {
    {-0.0026455262e-6, -1.1539918689e-6, 2.1111346190e-6},
    {1.1540628161e-6, -0.0129042997e-6, 0.0236021478e-6},
    {-2.1112979048e-6, -0.0056024448e-6, 0.0102587734e-6}
  };

  private Precession() {}

  private static double sum(double t, double... coefficients) {
    double sum = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      sum = sum * t + coefficients[i];
    }
    return sum;
  }

  private static double century(double julianYear) {
    return (julianYear - 2000) / 100;
  }

  /** From ICRS to the mean ecliptic of a Julian year. */
  static double[][] ecliptic(double year) {
    double t = century(year);
    return Sphere.product(
        Sphere.rotation(2, -ARCSEC * sum(t, PSI)),
        Sphere.rotation(0, ARCSEC * sum(t, PHI)),
        Sphere.rotation(2, ARCSEC * sum(t, GAMMA)));
  }

  private static double[][] equator(double year) {
    double obliquity = ARCSEC * sum(century(year), OBLIQUITY);
    return Sphere.product(Sphere.rotation(0, -obliquity), ecliptic(year));
  }

  /** From ICRS to FK5 of a Julian year (frame bias: USNO Circular 179, section 3.5). */
  static double[][] fk5(double year) {
    double[][] bias =
        Sphere.product(
            Sphere.rotation(0, 0.0199 * ARCSEC),
            Sphere.rotation(1, 0.0091 * ARCSEC),
            Sphere.rotation(2, -0.0229 * ARCSEC));
    return Sphere.product(equator(year), Sphere.transposed(equator(2000)), bias);
  }

  /** From FK4 without E-terms, of a Besselian year, to ICRS. */
  static double[][] fromFk4(double year) {
    double t = (julian(year) - 1950) / 100;
    double[][] murray = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        murray[i][j] = MURRAY[i][j] + t * MURRAY_PER_CENTURY[i][j];
      }
    }
    return Sphere.product(Sphere.transposed(fk5(2000)), murray, newcomb(year, 1950));
  }

  /** The Julian year of a Besselian one (Lieske 1979, A&amp;A 73, 282). */
  static double julian(double besselian) {
    double day = 2415020.31352 + (besselian - 1900) * 365.242198781;
    return 2000 + (day - 2451545) / 365.25;
  }

  private static double[][] newcomb(double from, double to) {
    double t = (from - 1850) / 1000;
    double dt = (to - from) / 1000;
    double rate = 23035.545 + 139.720 * t + 0.060 * t * t;
    double zeta = sum(dt, 0, rate, 30.240 - 0.27 * t, 17.995);
    double z = sum(dt, 0, rate, 109.480 + 0.39 * t, 18.325);
    double theta = sum(dt, 0, 20051.12 - 85.29 * t - 0.37 * t * t, -42.65 - 0.37 * t, -41.8);
    return Sphere.product(
        Sphere.rotation(2, -ARCSEC * z),
        Sphere.rotation(1, ARCSEC * theta),
        Sphere.rotation(2, -ARCSEC * zeta));
  }

  /**
   * The E-terms of aberration that are part of FK4 positions (Explanatory Supplement 1992, section
   * 3.531), as a vector in units of the speed of light.
   */
  static double[] aberration(double year) {
    double day = (julian(year) - julian(1950)) * 365.25;
    double t = day / 36525;
    double eccentricity = sum(t, 0.01673011, -0.00004193, -0.000000126);
    double perigee = ARCSEC * sum(t, 1015489.951, 6190.67, 1.65, 0.012);
    double obliquity = ARCSEC * sum(century(julian(year)), 84381.448, -46.8150, -0.00059, 0.001813);
    double size = eccentricity * Math.toRadians(0.0056932);
    double cos = StrictMath.cos(perigee);
    return new double[] {
      size * StrictMath.sin(perigee),
      -size * cos * StrictMath.cos(obliquity),
      -size * cos * StrictMath.sin(obliquity)
    };
  }

  /** From FK5 J2000 to galactic axes, whose pole Blaauw et al. (1960) defined in FK4 B1950. */
  static double[][] galactic() {
    return axes(192.8594812065348, 27.12825118085622, 122.9319185680026);
  }

  /** From galactic to supergalactic axes (de Vaucouleurs et al. 1976). */
  static double[][] supergalactic() {
    return axes(47.37, 6.32, 90);
  }

  /** Axes with a pole at a place, whose longitudes give the old pole a certain one. */
  static double[][] axes(double poleLongitude, double poleLatitude, double longitudeOfOldPole) {
    return Sphere.product(
        Sphere.rotation(2, Math.toRadians(180 - longitudeOfOldPole)),
        Sphere.rotation(1, Math.toRadians(90 - poleLatitude)),
        Sphere.rotation(2, Math.toRadians(poleLongitude)));
  }
}
