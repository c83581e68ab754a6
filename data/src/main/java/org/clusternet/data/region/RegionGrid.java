package org.clusternet.data.region;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clusternet.data.image.FitsKeywords;
import org.clusternet.data.image.SkyFrame;
import org.clusternet.data.sky.CelestialSystem;

/**
 * The pixels of an image in the coordinates of region files: image, physical (by LTM and LTV, or by
 * the coordinates with the letter P that CIAO writes) and celestial ones.
 */
final class RegionGrid {
  private static final double SECOND = 1 / 3600.0;

  private final Optional<SkyFrame> sky;
  private final double[] physicalScale = new double[2];
  private final double[] physicalOrigin = new double[2];

  RegionGrid(FitsKeywords keywords) {
    sky = SkyFrame.of(keywords);
    for (int i = 0; i < 2; i++) {
      int axis = i + 1;
      OptionalDouble ltm = keywords.number("LTM" + axis + "_" + axis);
      OptionalDouble ltv = keywords.number("LTV" + axis);
      OptionalDouble step = keywords.number("CDELT" + axis + "P");
      physicalScale[i] = 1;
      if (ltm.isPresent() || ltv.isPresent()) {
        physicalScale[i] = 1 / ltm.orElse(1);
        physicalOrigin[i] = -ltv.orElse(0) / ltm.orElse(1);
      } else if (step.isPresent() && step.getAsDouble() != 0) {
        physicalScale[i] = step.getAsDouble();
        physicalOrigin[i] =
            keywords.number("CRVAL" + axis + "P").orElse(0)
                - step.getAsDouble() * keywords.number("CRPIX" + axis + "P").orElse(0);
      }
    }
  }

  /** Pixels, from 0, of image coordinates. */
  static double[] fromImage(double x, double y) {
    return new double[] {x - 1, y - 1};
  }

  /** Pixels, from 0, of physical coordinates. */
  double[] fromPhysical(double x, double y) {
    return fromImage(
        (x - physicalOrigin[0]) / physicalScale[0], (y - physicalOrigin[1]) / physicalScale[1]);
  }

  /**
   * Pixels, from 0, of a position in the sky.
   *
   * @return empty for a position that the image's projection does not show
   * @throws IllegalArgumentException if the image gives no positions
   */
  Optional<double[]> fromSky(CelestialSystem system, double longitude, double latitude) {
    SkyFrame frame = frame();
    if (Math.abs(latitude) > 90) {
      throw new IllegalArgumentException("latitude=" + latitude + " is not within -90 to 90");
    }
    return frame.pixelOf(system, longitude, latitude);
  }

  private SkyFrame frame() {
    String remedy = "; save the regions in image coordinates";
    if (sky.isEmpty()) {
      throw new IllegalArgumentException("the image has no celestial coordinates" + remedy);
    }
    Optional<String> obstacle =
        sky.get().system().isEmpty()
            ? Optional.of("system " + sky.get().systemName())
            : sky.get().obstacle();
    if (obstacle.isPresent()) {
      throw new IllegalArgumentException(
          "the image has coordinates of %s, which give no positions%s"
              .formatted(obstacle.get(), remedy));
    }
    return sky.get();
  }

  /** From pixels to physical ones: a diagonal matrix. */
  double[] physicalAxes() {
    return new double[] {Math.abs(physicalScale[0]), 0, 0, Math.abs(physicalScale[1])};
  }

  /**
   * From pixels near a position to degrees in the sky, to the west (the right-hand side of an image
   * with north up) and to the north.
   *
   * @throws IllegalArgumentException if the image gives no positions
   */
  double[] skyAxes(CelestialSystem system, double longitude, double latitude) {
    double cos = StrictMath.cos(Math.toRadians(latitude));
    double[] west = difference(system, longitude, latitude, -SECOND / Math.max(cos, SECOND), 0);
    double[] north = difference(system, longitude, latitude, 0, SECOND);
    double determinant = west[0] * north[1] - west[1] * north[0];
    return new double[] {
      north[1] / determinant, -north[0] / determinant, -west[1] / determinant, west[0] / determinant
    };
  }

  /** Degrees a pixel, for sizes in the sky of regions in pixels and the other way round. */
  double degreesPerPixel() {
    return frame().arcsecPerPixel() / 3600;
  }

  /** Pixels a degree along a step of an arcsecond. */
  private double[] difference(
      CelestialSystem system, double longitude, double latitude, double east, double north) {
    double up = latitude > 0 ? -north : north;
    double[] here = place(system, longitude, latitude);
    double[] there = place(system, longitude + east, latitude + up);
    double sign = up == north ? 1 : -1;
    return new double[] {
      sign * (there[0] - here[0]) / SECOND, sign * (there[1] - here[1]) / SECOND
    };
  }

  private double[] place(CelestialSystem system, double longitude, double latitude) {
    return fromSky(system, longitude, latitude)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "the image's projection does not show %s %s",
                        longitude,
                        latitude)));
  }
}
