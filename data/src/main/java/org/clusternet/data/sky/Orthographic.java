package org.clusternet.data.sky;

import java.util.Optional;

/**
 * The orthographic projection of interferometers, SIN, with its slant (Calabretta and Greisen 2002,
 * section 5.1.5); the older NCP is a slant that depends on the declination.
 *
 * @param xi PV2_1
 * @param eta PV2_2
 */
record Orthographic(double xi, double eta) implements Projection {
  static Orthographic of(double[] parameters) {
    return new Orthographic(
        Double.isNaN(parameters[1]) ? 0 : parameters[1],
        Double.isNaN(parameters[2]) ? 0 : parameters[2]);
  }

  static Orthographic northPole(double declination) {
    if (declination == 0) {
      throw new IllegalArgumentException("projection NCP: has no meaning at declination 0");
    }
    return new Orthographic(0, 1 / StrictMath.tan(Math.toRadians(declination)));
  }

  @Override
  public double referenceLatitude() {
    return 90;
  }

  @Override
  public Optional<double[]> plane(double[] place) {
    // The side of the sphere that is seen along the slanted direction.
    if (place[2] < eta * place[0] - xi * place[1]) {
      return Optional.empty();
    }
    double across = place[0] * place[0] + place[1] * place[1];
    double depth = place[2] > 0 ? across / (1 + place[2]) : 1 - place[2];
    return Optional.of(
        new double[] {
          Math.toDegrees(place[1] + xi * depth), Math.toDegrees(-place[0] + eta * depth)
        });
  }

  @Override
  public Optional<double[]> place(double x, double y) {
    double u = Math.toRadians(x);
    double v = Math.toRadians(y);
    // With the depth d = 1 - sin(theta): (u - xi d)^2 + (v - eta d)^2 = 1 - (1 - d)^2.
    double a = 1 + xi * xi + eta * eta;
    double b = 1 + xi * u + eta * v;
    double c = u * u + v * v;
    double root = b * b - a * c;
    if (root < 0) {
      return Optional.empty();
    }
    double depth = c / (b + StrictMath.sqrt(root));
    return Optional.of(new double[] {-(v - eta * depth), u - xi * depth, 1 - depth});
  }
}
