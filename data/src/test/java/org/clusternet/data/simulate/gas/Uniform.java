package org.clusternet.data.simulate.gas;

import org.apache.commons.math3.geometry.euclidean.threed.Rotation;
import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.clusternet.data.physics.EntropyProfile;
import org.clusternet.data.physics.GasProfile;
import org.clusternet.data.physics.GnfwShape;
import org.clusternet.data.physics.PressureProfile;
import org.clusternet.data.projection.Ellipsoid;

/** Bodies of gas for tests. */
final class Uniform {
  private Uniform() {}

  /** Gas that is the same everywhere, to 1e-4 within some Mpc. */
  static GasBody body() {
    GnfwShape flat = new GnfwShape(8, 1e-9, 0, 1, 5);
    return new GasBody(
        new GasProfile(
            new EntropyProfile(100, 1e-9, 1), new PressureProfile(3e14, 1000, 1e-3, flat), 1),
        sphere(),
        Vector3D.ZERO);
  }

  static Ellipsoid sphere() {
    return Ellipsoid.of(1, 1, Rotation.IDENTITY);
  }

  /** A spherical cluster of 3e14 solar masses with a warm core. */
  static GasBody cluster() {
    return new GasBody(
        new GasProfile(
            new EntropyProfile(60, 100, 1.2),
            new PressureProfile(3e14, 1000, 1.65e-3, GnfwShape.ARNAUD_2010),
            1.5),
        sphere(),
        Vector3D.ZERO);
  }
}
