package org.clusternet.data.simulate.gas;

import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.apache.commons.rng.sampling.UnitSphereSampler;
import org.clusternet.data.random.CounterRandom;

/** Unit vectors for the simulator. */
public final class Directions {
  private Directions() {}

  /**
   * A direction, every one equally likely.
   *
   * @param random random generator
   * @return vector of length 1
   */
  public static Vector3D random(CounterRandom random) {
    return new Vector3D(UnitSphereSampler.of(random, 3).sample());
  }

  /**
   * Two directions at right angles to a vector and to each other.
   *
   * @param vector any vector but zero
   * @return both of length 1
   */
  static Vector3D[] frame(Vector3D vector) {
    Vector3D axis = vector.normalize();
    boolean along = Math.abs(axis.getX()) > 0.7;
    Vector3D first = axis.crossProduct(along ? Vector3D.PLUS_J : Vector3D.PLUS_I).normalize();
    return new Vector3D[] {first, axis.crossProduct(first)};
  }
}
