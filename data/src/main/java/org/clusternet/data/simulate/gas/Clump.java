package org.clusternet.data.simulate.gas;

import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;
import org.clusternet.data.physics.Plasma;
import org.clusternet.data.physics.Units;
import org.clusternet.data.projection.Ellipse;
import org.clusternet.data.projection.Ellipsoid;

/**
 * A group or galaxy that keeps its gas within the cluster: a beta model of beta = 1 (Cavaliere and
 * Fusco-Femiano 1976, A&amp;A 49, 137), steep as after stripping of its outskirts, e = e0 (1 + s^2
 * / rc^2)^-3, whose emission adds to that of its surroundings. Its luminosity is (pi^2 / 4) e0 rc^3
 * and its surface brightness, for a sphere's depth, (3 pi / 8) e0 rc (1 + R^2 / rc^2)^(-5/2), s and
 * R being its ellipsoidal and elliptical radii.
 *
 * @param centre centre in kpc from the potential minimum
 * @param shape shape of its ellipsoids
 * @param coreRadius rc in kpc, positive
 * @param luminosity luminosity in erg/s, at least 0
 * @param temperature kT in keV, positive
 */
public record Clump(
    Vector3D centre, Ellipsoid shape, double coreRadius, double luminosity, double temperature) {
  private static final double KPC3 = Units.KPC_CM * Units.KPC_CM * Units.KPC_CM;

  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public Clump {
    if (!(coreRadius > 0 && luminosity >= 0 && temperature > 0)) {
      throw new IllegalArgumentException(
          "clump: core radius=%s kpc luminosity=%s erg/s kT=%s keV; need luminosity >= 0, the others above 0"
              .formatted(coreRadius, luminosity, temperature));
    }
  }

  /**
   * The emissivity at a point.
   *
   * @param x kpc
   * @param y kpc
   * @param z kpc
   * @return in erg s^-1 cm^-3
   */
  public double emissivity(double x, double y, double z) {
    return emissivity(shape.radius(x - centre.getX(), y - centre.getY(), z - centre.getZ()));
  }

  /**
   * The emissivity at an ellipsoidal radius.
   *
   * @param radius in kpc
   * @return in erg s^-1 cm^-3
   */
  double emissivity(double radius) {
    double fall = 1 + radius * radius / (coreRadius * coreRadius);
    return central() / (fall * fall * fall);
  }

  /**
   * The electron density that belongs to an emissivity of the clump.
   *
   * @param emissivity in erg s^-1 cm^-3
   * @return n_e in cm^-3
   */
  public double density(double emissivity) {
    return Math.sqrt(
        emissivity * Plasma.ELECTRONS_PER_HYDROGEN / Plasma.coolingFunction(temperature));
  }

  /**
   * The image of the clump.
   *
   * @param view contours on the sky
   * @return surface brightness by position relative to its centre
   */
  Face face(Ellipse view) {
    double depth = 3 * Math.PI / 8 * coreRadius * Units.KPC_CM * view.depth();
    return new Face(view, central() * depth, 1 / (coreRadius * coreRadius));
  }

  /**
   * The image of a clump.
   *
   * @param view contours on the sky
   * @param peak surface brightness in the middle in erg s^-1 cm^-2
   * @param scale 1 / rc^2 in kpc^-2
   */
  record Face(Ellipse view, double peak, double scale) {
    /** The surface brightness at a position in kpc from the centre. */
    double at(double x, double y) {
      double fall = 1 / (1 + view.square(x, y) * scale);
      return peak * fall * fall * Math.sqrt(fall);
    }
  }

  private double central() {
    return 4 * luminosity / (Math.PI * Math.PI * coreRadius * coreRadius * coreRadius * KPC3);
  }
}
