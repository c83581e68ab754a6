package org.clusternet.data.sky;

import java.util.Optional;

/**
 * Projections of the whole sky around the equator (Calabretta and Greisen 2002, sections 5.2 and
 * 5.3), by longitude and latitude in radians: CAR, CEA, CYP, MER, SFL, PAR, MOL and AIT.
 */
abstract class Cylindrical implements Projection {
  private static final double EDGE = 1e-12;
  private static final int ITERATIONS = 60;

  static Optional<Projection> of(String code, double[] parameters) {
    double first = parameters[1];
    double second = parameters[2];
    return switch (code) {
      case "CAR" -> Optional.of(new Plain());
      case "CEA" -> Optional.of(new EqualArea(Double.isNaN(first) ? 1 : first));
      case "CYP" ->
          Optional.of(
              new Perspective(Double.isNaN(first) ? 1 : first, Double.isNaN(second) ? 1 : second));
      case "MER" -> Optional.of(new Mercator());
      case "SFL" -> Optional.of(new Sinusoidal());
      case "PAR" -> Optional.of(new Parabolic());
      case "MOL" -> Optional.of(new Mollweide());
      case "AIT" -> Optional.of(new Hammer());
      default -> Optional.empty();
    };
  }

  /** The point, in radians, of a longitude from -pi to pi and a latitude. */
  abstract double[] forward(double longitude, double latitude);

  /** Longitude and latitude of a point in radians; NaN or a longitude beyond pi outside. */
  abstract double[] inverse(double x, double y);

  @Override
  public final double referenceLatitude() {
    return 0;
  }

  @Override
  public final Optional<double[]> plane(double[] place) {
    double longitude = StrictMath.atan2(place[1], place[0]);
    double latitude = StrictMath.atan2(place[2], StrictMath.hypot(place[0], place[1]));
    double[] point = forward(longitude, latitude);
    boolean shown = Double.isFinite(point[0]) && Double.isFinite(point[1]);
    return shown
        ? Optional.of(new double[] {Math.toDegrees(point[0]), Math.toDegrees(point[1])})
        : Optional.empty();
  }

  @Override
  public final Optional<double[]> place(double x, double y) {
    double[] angles = inverse(Math.toRadians(x), Math.toRadians(y));
    boolean inside =
        Math.abs(angles[0]) <= Math.PI + EDGE && Math.abs(angles[1]) <= Math.PI / 2 + EDGE;
    return inside
        ? Optional.of(Sphere.vector(Math.toDegrees(angles[0]), Math.toDegrees(angles[1])))
        : Optional.empty();
  }

  /** Plate carree. */
  private static final class Plain extends Cylindrical {
    @Override
    double[] forward(double longitude, double latitude) {
      return new double[] {longitude, latitude};
    }

    @Override
    double[] inverse(double x, double y) {
      // Whole-sky maps may begin anywhere: longitudes beyond half a turn go on around the sphere.
      return new double[] {StrictMath.IEEEremainder(x, 2 * Math.PI), y};
    }
  }

  private static final class EqualArea extends Cylindrical {
    private final double lambda;

    EqualArea(double lambda) {
      if (!(lambda > 0)) {
        throw new IllegalArgumentException("projection CEA: PV2_1=" + lambda + " is not positive");
      }
      this.lambda = lambda;
    }

    @Override
    double[] forward(double longitude, double latitude) {
      return new double[] {longitude, StrictMath.sin(latitude) / lambda};
    }

    @Override
    double[] inverse(double x, double y) {
      return new double[] {x, StrictMath.asin(y * lambda)};
    }
  }

  private static final class Perspective extends Cylindrical {
    private final double mu;
    private final double lambda;

    Perspective(double mu, double lambda) {
      if (!(lambda > 0) || mu <= -lambda) {
        throw new IllegalArgumentException(
            "projection CYP: PV2_1=" + mu + " PV2_2=" + lambda + " are impossible");
      }
      this.mu = mu;
      this.lambda = lambda;
    }

    @Override
    double[] forward(double longitude, double latitude) {
      double scale = (mu + lambda) / (mu + StrictMath.cos(latitude));
      return new double[] {lambda * longitude, scale * StrictMath.sin(latitude)};
    }

    @Override
    double[] inverse(double x, double y) {
      double eta = y / (mu + lambda);
      double latitude =
          StrictMath.atan2(eta, 1) + StrictMath.asin(eta * mu / StrictMath.hypot(eta, 1));
      return new double[] {x / lambda, latitude};
    }
  }

  private static final class Mercator extends Cylindrical {
    @Override
    double[] forward(double longitude, double latitude) {
      double tan = StrictMath.tan(latitude);
      double size = StrictMath.log(Math.abs(tan) + StrictMath.hypot(1, tan));
      return new double[] {
        longitude, Math.abs(latitude) < Math.PI / 2 ? Math.copySign(size, latitude) : Double.NaN
      };
    }

    @Override
    double[] inverse(double x, double y) {
      return new double[] {x, StrictMath.atan(StrictMath.sinh(y))};
    }
  }

  private static final class Sinusoidal extends Cylindrical {
    @Override
    double[] forward(double longitude, double latitude) {
      return new double[] {longitude * StrictMath.cos(latitude), latitude};
    }

    @Override
    double[] inverse(double x, double y) {
      double cos = StrictMath.cos(y);
      return new double[] {x == 0 ? 0 : x / cos, y};
    }
  }

  private static final class Parabolic extends Cylindrical {
    @Override
    double[] forward(double longitude, double latitude) {
      return new double[] {
        longitude * (2 * StrictMath.cos(2 * latitude / 3) - 1),
        Math.PI * StrictMath.sin(latitude / 3)
      };
    }

    @Override
    double[] inverse(double x, double y) {
      double s = y / Math.PI;
      return new double[] {x == 0 ? 0 : x / (1 - 4 * s * s), 3 * StrictMath.asin(s)};
    }
  }

  private static final class Mollweide extends Cylindrical {
    @Override
    double[] forward(double longitude, double latitude) {
      double target = Math.PI * StrictMath.sin(latitude);
      double low = -Math.PI / 2;
      double high = Math.PI / 2;
      for (int n = 0; n < ITERATIONS; n++) {
        double middle = (low + high) / 2;
        if (2 * middle + StrictMath.sin(2 * middle) < target) {
          low = middle;
        } else {
          high = middle;
        }
      }
      double gamma = (low + high) / 2;
      return new double[] {
        2 * Math.sqrt(2) / Math.PI * longitude * StrictMath.cos(gamma),
        Math.sqrt(2) * StrictMath.sin(gamma)
      };
    }

    @Override
    double[] inverse(double x, double y) {
      double gamma = StrictMath.asin(y / Math.sqrt(2));
      double cos = StrictMath.cos(gamma);
      return new double[] {
        x == 0 ? 0 : Math.PI * x / (2 * Math.sqrt(2) * cos),
        StrictMath.asin((2 * gamma + StrictMath.sin(2 * gamma)) / Math.PI)
      };
    }
  }

  /** Hammer and Aitoff. */
  private static final class Hammer extends Cylindrical {
    @Override
    double[] forward(double longitude, double latitude) {
      double cos = StrictMath.cos(latitude);
      double scale = Math.sqrt(2 / (1 + cos * StrictMath.cos(longitude / 2)));
      return new double[] {
        2 * scale * cos * StrictMath.sin(longitude / 2), scale * StrictMath.sin(latitude)
      };
    }

    @Override
    double[] inverse(double x, double y) {
      double square = 1 - x * x / 16 - y * y / 4;
      double z = square >= 0.5 ? StrictMath.sqrt(square) : Double.NaN;
      return new double[] {2 * StrictMath.atan2(z * x / 2, 2 * z * z - 1), StrictMath.asin(y * z)};
    }
  }
}
