package org.clusternet.data.simulate.gas;

import org.apache.commons.math3.geometry.euclidean.threed.Vector3D;

/**
 * A bow shock in the gas: a cap of a sphere around a centre, behind which density and temperature
 * are raised by the Rankine-Hugoniot jumps of a gas of gamma = 5/3, n2/n1 = 4 M^2 / (M^2 + 3) and
 * P2/P1 = (5 M^2 - 1) / 4 (Landau and Lifshitz, Fluid Mechanics, par. 89; Markevitch and Vikhlinin
 * 2007, Phys. Rep. 443, 1). Both jumps fade towards the cap's rim and within the depth behind it.
 *
 * @param centre centre of the sphere in kpc from the potential minimum
 * @param direction unit vector from the centre to the middle of the cap
 * @param radius radius of the sphere in kpc, positive
 * @param depth depth of the shocked gas behind the front in kpc, above 0 and at most the radius
 * @param opening cosine of the angle from the cap's middle to its rim, below 1
 * @param mach the Mach number, at least 1
 */
public record Shock(
    Vector3D centre, Vector3D direction, double radius, double depth, double opening, double mach) {
  /**
   * Checks the parameters.
   *
   * @throws IllegalArgumentException if one is outside its range
   */
  public Shock {
    if (!(radius > 0 && depth > 0 && depth <= radius && opening < 1 && mach >= 1)) {
      throw new IllegalArgumentException(
          "shock: radius=%s kpc depth=%s kpc opening=%s mach=%s; need 0 < depth <= radius, opening < 1, mach >= 1"
              .formatted(radius, depth, opening, mach));
    }
  }

  /** The jump of the density. */
  double compression() {
    return 4 * mach * mach / (mach * mach + 3);
  }

  /** The jump of the temperature. */
  double heating() {
    return (5 * mach * mach - 1) / 4 / compression();
  }

  /** The fraction of the jumps at a point, from 0 to 1. */
  double strength(double x, double y, double z) {
    double dx = x - centre.getX();
    double dy = y - centre.getY();
    double dz = z - centre.getZ();
    double square = dx * dx + dy * dy + dz * dz;
    if (square > radius * radius || square <= (radius - depth) * (radius - depth)) {
      return 0;
    }
    double s = Math.sqrt(square);
    double cosine = (dx * direction.getX() + dy * direction.getY() + dz * direction.getZ()) / s;
    if (cosine <= opening) {
      return 0;
    }
    double cone = (cosine - opening) / (1 - opening);
    double behind = (s - radius + depth) / depth;
    return cone * cone * (3 - 2 * cone) * behind * behind;
  }
}
