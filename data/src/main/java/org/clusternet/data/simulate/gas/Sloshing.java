package org.clusternet.data.simulate.gas;

import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;

/**
 * Gas that sloshes in the potential: in the plane of the passage, entropy is displaced along a
 * spiral at constant pressure (Ascasibar and Markevitch 2006, ApJ 650, 102; Markevitch and
 * Vikhlinin 2007, Phys. Rep. 443, 1).
 *
 * <p>At an angle psi from the spiral the gas has the entropy of the radius m (1 - A g(psi)), g
 * rising slowly around the cluster from -1 to 1 and falling back across the spiral within {@value
 * #EDGE_DEGREES} degrees on either side: low entropy lies inside a sharp edge, high entropy
 * outside, and pressure is continuous: a cold front. A falls off as a Gaussian of ln(m / radius)
 * and as the square of the sine of the angle from the plane's normal.
 *
 * @param normal unit vector normal to the plane
 * @param amplitude largest A, from 0 to below 1
 * @param radius radius of the largest A, in kpc
 * @param width width of the Gaussian in ln(m), positive
 * @param winding radians that the spiral turns per e-fold of radius; its sign is the sense of
 *     rotation
 * @param phase phase of the spiral at the radius, in radians
 */
public record Sloshing(
    Vector3D normal, double amplitude, double radius, double width, double winding, double phase) {
  private static final double EDGE_DEGREES = 14;
  private static final double EDGE = 1 / StrictMath.cos(StrictMath.toRadians(EDGE_DEGREES));
  private static final double SCALE = Math.sqrt(EDGE * EDGE - 1);

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public Sloshing {
    if (!(amplitude >= 0 && amplitude < 1 && radius > 0 && width > 0)) {
      throw new IllegalArgumentException(
          "sloshing: amplitude=%s radius=%s kpc width=%s; need 0 <= amplitude < 1, the others above 0"
              .formatted(amplitude, radius, width));
    }
  }

  Table table() {
    return new Table(this);
  }

  /** The spiral tabulated by radius. */
  static final class Table {
    private final Vector3D normal;
    private final Vector3D first;
    private final Vector3D second;
    private final double[] strength = new double[GasBody.Table.knots()];
    private final double[] cosine = new double[GasBody.Table.knots()];
    private final double[] sine = new double[GasBody.Table.knots()];

    Table(Sloshing s) {
      normal = s.normal;
      Vector3D[] frame = Directions.frame(s.normal);
      first = frame[0];
      second = frame[1];
      for (int i = 0; i < strength.length; i++) {
        double m = Math.max(GasBody.Table.knotRadius(i), 1e-3);
        double log = StrictMath.log(m / s.radius);
        double angle = s.phase + s.winding * log;
        strength[i] = s.amplitude * StrictMath.exp(-log * log / (2 * s.width * s.width));
        cosine[i] = StrictMath.cos(angle);
        sine[i] = StrictMath.sin(angle);
      }
    }

    /** The factor on m for the look-up of entropy, at a point relative to the body's centre. */
    double factor(double x, double y, double z, double position) {
      double a = GasBody.Table.at(strength, position);
      double square = x * x + y * y + z * z;
      if (a < 1e-3 || square == 0) {
        return 1;
      }
      double inverse = 1 / Math.sqrt(square);
      double u = (first.getX() * x + first.getY() * y + first.getZ() * z) * inverse;
      double v = (second.getX() * x + second.getY() * y + second.getZ() * z) * inverse;
      double c = GasBody.Table.at(cosine, position);
      double s = GasBody.Table.at(sine, position);
      double along = u * c + v * s;
      double across = v * c - u * s;
      double w = (normal.getX() * x + normal.getY() * y + normal.getZ() * z) * inverse;
      return 1 - a * (1 - w * w) * SCALE * across / (EDGE - along);
    }
  }
}
