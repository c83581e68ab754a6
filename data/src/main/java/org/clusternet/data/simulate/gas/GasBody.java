package org.clusternet.data.simulate.gas;

import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.clusternet.data.physics.GasProfile;
import org.clusternet.data.physics.Plasma;
import org.clusternet.data.projection.Ellipse;
import org.clusternet.data.projection.Ellipsoid;
import org.clusternet.data.projection.LineOfSight;

/**
 * Gas of one profile of entropy and pressure on similar ellipsoids around a centre.
 *
 * <p>For sampling, powers of the profiles are tabulated at knots equally spaced in the fourth root
 * of the ellipsoidal radius (see {@link LineOfSight}) and interpolated linearly; the projection is
 * exact.
 *
 * @param gas the profiles
 * @param shape shape of the ellipsoids
 * @param centre centre in kpc from the potential minimum
 */
public record GasBody(GasProfile gas, Ellipsoid shape, Vector3D centre) {

  /**
   * The body's surface brightness from any direction.
   *
   * @param maxRadius largest elliptical radius that will be needed, in kpc
   * @return surface brightness by elliptical radius, for the depth of a sphere
   */
  public LineOfSight profile(double maxRadius) {
    return new LineOfSight(gas::emissivity, gas.coreRadius(), maxRadius);
  }

  /**
   * The contours of the image seen along an axis.
   *
   * @param axis 0, 1 or 2
   * @return centred on the body
   */
  public Ellipse view(int axis) {
    return shape.alongAxis(axis);
  }

  Table table() {
    return new Table(this);
  }

  /** Profiles tabulated by ellipsoidal radius: a point costs a few square roots and products. */
  static final class Table {
    private static final double FAR = 16_384;
    private static final int KNOTS = 4096;
    private static final double PER_STEP = KNOTS / Math.sqrt(Math.sqrt(FAR));

    private final GasBody body;
    private final double[] pressure = new double[KNOTS + 2];
    private final double[] pressurePower = new double[KNOTS + 2];
    private final double[] entropyPower = new double[KNOTS + 2];
    private final double[] emissivity = new double[KNOTS + 2];

    Table(GasBody body) {
      this.body = body;
      GasProfile gas = body.gas;
      for (int i = 0; i < pressure.length; i++) {
        double root = i / PER_STEP;
        double m = Math.max(root * root * root * root, gas.coreRadius());
        double p = gas.pressure().at(m);
        double density = StrictMath.pow(p / gas.entropy().at(m), 0.6);
        pressure[i] = p;
        pressurePower[i] = StrictMath.pow(p, 0.6);
        entropyPower[i] = density / pressurePower[i];
        emissivity[i] = Plasma.emissivity(density, Plasma.coolingFunction(p / density));
      }
    }

    double radius(double x, double y, double z) {
      return body.shape.radius(
          x - body.centre.getX(), y - body.centre.getY(), z - body.centre.getZ());
    }

    /** Position of a radius in the tables, limited to their range. */
    static double position(double m) {
      return Math.min(Math.sqrt(Math.sqrt(m)) * PER_STEP, KNOTS);
    }

    static int knots() {
      return KNOTS + 2;
    }

    static double knotRadius(int i) {
      double root = i / PER_STEP;
      return root * root * root * root;
    }

    static double at(double[] table, double position) {
      int i = (int) position;
      return table[i] + (position - i) * (table[i + 1] - table[i]);
    }

    double pressure(double position) {
      return at(pressure, position);
    }

    /** n_e where the pressure is that of one radius and the entropy that of another. */
    double density(double pressurePosition, double entropyPosition) {
      return at(pressurePower, pressurePosition) * at(entropyPower, entropyPosition);
    }

    double emissivity(double position) {
      return at(emissivity, position);
    }
  }
}
