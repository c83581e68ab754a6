package org.clusternet.predict;

/**
 * World coordinates worked out another way than the program does: native spherical coordinates of
 * the gnomonic projection (Calabretta and Greisen 2002, Eq. 14, 15 and 55), turned into the
 * celestial ones by vectors and a basis at the reference point instead of closed formulae.
 *
 * @param crpix reference pixel, from 1
 * @param crval its right ascension and declination in degrees
 * @param cd degrees a pixel: CD1_1, CD1_2, CD2_1, CD2_2
 */
record SkyByRotation(double[] crpix, double[] crval, double[] cd) {

  /** Right ascension and declination of a place in FITS pixels, from 1 at the first's centre. */
  double[] at(double px, double py) {
    double x = cd[0] * (px - crpix[0]) + cd[1] * (py - crpix[1]);
    double y = cd[2] * (px - crpix[0]) + cd[3] * (py - crpix[1]);
    double theta = Math.atan2(180 / Math.PI, Math.hypot(x, y));
    double phi = Math.atan2(x, -y);
    double a = Math.toRadians(crval[0]);
    double d = Math.toRadians(crval[1]);
    double[] pole = {Math.cos(d) * Math.cos(a), Math.cos(d) * Math.sin(a), Math.sin(d)};
    double[] east = {-Math.sin(a), Math.cos(a), 0};
    double[] north = {-Math.sin(d) * Math.cos(a), -Math.sin(d) * Math.sin(a), Math.cos(d)};
    double[] v = new double[3];
    for (int i = 0; i < 3; i++) {
      // The native pole is the reference point, phi = 180 degrees points north (LONPOLE).
      v[i] =
          Math.sin(theta) * pole[i]
              + Math.cos(theta) * (Math.sin(phi) * east[i] - Math.cos(phi) * north[i]);
    }
    double ra = Math.toDegrees(Math.atan2(v[1], v[0]));
    return new double[] {ra < 0 ? ra + 360 : ra, Math.toDegrees(Math.asin(v[2]))};
  }
}
