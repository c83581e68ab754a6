package org.clusternet.data.sky;

import java.util.Optional;

/**
 * A projection with its place in the sky: between celestial coordinates and the plane of the image
 * (Calabretta and Greisen 2002, section 2).
 *
 * <p>LONPOLE and LATPOLE, or PVi_1 to PVi_4 of the longitude axis, say how the native sphere lies
 * in the celestial one; their defaults are the paper's, by which the reference declination of 90
 * degrees has LONPOLE 0 in zenithal projections.
 */
public final class SkyProjection {
  private static final double CLOSE = 1e-10;

  private final Projection projection;
  private final double[][] toNative;
  private final double[] origin;

  private SkyProjection(Projection projection, double[][] toNative, double[] origin) {
    this.projection = projection;
    this.toNative = toNative;
    this.origin = origin;
  }

  /**
   * Where a projection lies; NaN stands for what a header does not give.
   *
   * @param longitude CRVAL of the longitude axis in degrees
   * @param latitude CRVAL of the latitude axis in degrees
   * @param lonpole native longitude of the celestial pole in degrees, or NaN
   * @param latpole native latitude of the celestial pole in degrees, which chooses between two
   *     solutions, or NaN
   * @param phi0 native longitude of the reference point in degrees, or NaN
   * @param theta0 native latitude of the reference point in degrees, or NaN
   * @param offset whether the plane's origin is moved to the reference point that was given
   */
  public record Reference(
      double longitude,
      double latitude,
      double lonpole,
      double latpole,
      double phi0,
      double theta0,
      boolean offset) {}

  /**
   * Places a projection in the sky.
   *
   * @param projection the projection
   * @param reference where it lies
   * @return empty if no rotation of the sphere brings the reference point to its coordinates
   */
  public static Optional<SkyProjection> of(Projection projection, Reference reference) {
    double phi0 = Double.isNaN(reference.phi0()) ? 0 : reference.phi0();
    double theta0 =
        Double.isNaN(reference.theta0()) ? projection.referenceLatitude() : reference.theta0();
    double standard = reference.latitude() < theta0 ? phi0 + 180 : phi0;
    double lonpole = Double.isNaN(reference.lonpole()) ? standard : reference.lonpole();
    double[] pole = pole(reference, phi0, theta0, lonpole);
    double[] origin = {0, 0};
    if (reference.offset()) {
      Optional<double[]> moved = projection.plane(Sphere.vector(phi0, theta0));
      if (moved.isEmpty()) {
        return Optional.empty();
      }
      origin = moved.get();
    }
    return Double.isNaN(pole[1])
        ? Optional.empty()
        : Optional.of(
            new SkyProjection(projection, Precession.axes(pole[0], pole[1], lonpole), origin));
  }

  /** Celestial coordinates of the native pole (Calabretta and Greisen 2002, Eq. 8 to 10). */
  private static double[] pole(Reference reference, double phi0, double theta0, double lonpole) {
    if (theta0 == 90) {
      return new double[] {reference.longitude(), reference.latitude()};
    }
    double turn = Math.toRadians(lonpole - phi0);
    double t0 = Math.toRadians(theta0);
    double d0 = Math.toRadians(reference.latitude());
    double latitude = poleLatitude(turn, t0, d0, reference.latpole());
    if (90 - Math.abs(latitude) < CLOSE) {
      double sign = latitude > 0 ? 1 : -1;
      double longitude = reference.longitude() + sign * (lonpole - phi0) - (latitude > 0 ? 180 : 0);
      return new double[] {longitude, sign * 90};
    }
    if (90 - Math.abs(reference.latitude()) < CLOSE) {
      return new double[] {reference.longitude(), latitude};
    }
    double dp = Math.toRadians(latitude);
    double sin = StrictMath.sin(turn) * StrictMath.cos(t0) / StrictMath.cos(d0);
    double cos =
        (StrictMath.sin(t0) - StrictMath.sin(dp) * StrictMath.sin(d0))
            / (StrictMath.cos(dp) * StrictMath.cos(d0));
    return new double[] {
      reference.longitude() - Math.toDegrees(StrictMath.atan2(sin, cos)), latitude
    };
  }

  private static double poleLatitude(double turn, double t0, double d0, double latpole) {
    double wanted = Double.isNaN(latpole) ? 90 : latpole;
    double along = StrictMath.cos(t0) * StrictMath.cos(turn);
    double length = StrictMath.hypot(StrictMath.sin(t0), along);
    if (length < CLOSE) {
      return Math.abs(d0) < CLOSE ? wanted : Double.NaN;
    }
    double ratio = StrictMath.sin(d0) / length;
    if (Math.abs(ratio) > 1 + CLOSE) {
      return Double.NaN;
    }
    double middle = Math.toDegrees(StrictMath.atan2(StrictMath.sin(t0), along));
    double spread = Math.toDegrees(StrictMath.acos(Math.max(-1, Math.min(1, ratio))));
    double best = Double.NaN;
    for (double candidate : new double[] {middle + spread, middle - spread}) {
      double latitude = StrictMath.IEEEremainder(candidate, 360);
      boolean valid = Math.abs(latitude) <= 90 + CLOSE;
      if (valid && !(Math.abs(best - wanted) <= Math.abs(latitude - wanted))) {
        best = Math.max(-90, Math.min(90, latitude));
      }
    }
    return best;
  }

  /**
   * Projects a position.
   *
   * @param longitude celestial longitude in degrees
   * @param latitude celestial latitude in degrees
   * @return x and y in degrees from the reference point; empty if the projection does not show it
   */
  public Optional<double[]> plane(double longitude, double latitude) {
    return projection
        .plane(Sphere.times(toNative, Sphere.vector(longitude, latitude)))
        .map(p -> new double[] {p[0] - origin[0], p[1] - origin[1]});
  }

  /**
   * The position of a point of the plane.
   *
   * @param x in degrees from the reference point
   * @param y in degrees from the reference point
   * @return longitude from 0 to 360 and latitude in degrees; empty outside of the projected sphere
   */
  public Optional<double[]> place(double x, double y) {
    return projection
        .place(x + origin[0], y + origin[1])
        .map(v -> Sphere.angles(Sphere.times(Sphere.transposed(toNative), v)));
  }
}
