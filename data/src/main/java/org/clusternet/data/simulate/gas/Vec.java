package org.clusternet.data.simulate.gas;

import org.clusternet.data.random.CounterRandom;

/**
 * A point or direction in space.
 *
 * @param x kpc, or no unit for a direction
 * @param y likewise
 * @param z likewise
 */
public record Vec(double x, double y, double z) {
  /** The potential minimum. */
  public static final Vec ORIGIN = new Vec(0, 0, 0);

  /**
   * A direction, every one equally likely.
   *
   * @param random where from
   * @return of length 1
   */
  public static Vec direction(CounterRandom random) {
    double x;
    double y;
    double z;
    double square;
    do {
      x = random.nextGaussian();
      y = random.nextGaussian();
      z = random.nextGaussian();
      square = x * x + y * y + z * z;
    } while (square < 1e-6);
    return new Vec(x, y, z).times(1 / Math.sqrt(square));
  }

  /**
   * A multiple.
   *
   * @param factor any number
   * @return this, stretched
   */
  public Vec times(double factor) {
    return new Vec(factor * x, factor * y, factor * z);
  }

  /**
   * A sum.
   *
   * @param other another
   * @return this and the other
   */
  public Vec plus(Vec other) {
    return new Vec(x + other.x, y + other.y, z + other.z);
  }

  /**
   * The scalar product.
   *
   * @param other another
   * @return the sum of the products of the components
   */
  public double dot(Vec other) {
    return x * other.x + y * other.y + z * other.z;
  }

  /**
   * The length.
   *
   * @return at least 0
   */
  public double length() {
    return Math.sqrt(dot(this));
  }

  /**
   * Two directions at right angles to this one and to each other.
   *
   * @return both of length 1; this must not be zero
   */
  public Vec[] frame() {
    Vec axis = times(1 / length());
    boolean along = Math.abs(axis.x) > 0.7;
    Vec other = along ? new Vec(0, 1, 0) : new Vec(1, 0, 0);
    Vec first = axis.cross(other);
    first = first.times(1 / first.length());
    return new Vec[] {first, axis.cross(first)};
  }

  /**
   * The component along an axis.
   *
   * @param axis 0, 1 or 2
   * @return x, y or z
   */
  public double get(int axis) {
    return axis == 0 ? x : axis == 1 ? y : z;
  }

  private Vec cross(Vec o) {
    return new Vec(y * o.z - z * o.y, z * o.x - x * o.z, x * o.y - y * o.x);
  }
}
