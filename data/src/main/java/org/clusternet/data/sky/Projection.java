package org.clusternet.data.sky;

import java.util.Optional;
import java.util.Set;

/**
 * A map projection: between unit vectors of native spherical coordinates and the plane of the
 * image, x to the right and y up, in degrees (Calabretta and Greisen 2002, A&amp;A 395, 1077,
 * section 5).
 */
public interface Projection {
  /** The codes of CTYPE that {@link #of} knows. */
  Set<String> CODES =
      Set.of(
          "TAN", "SIN", "NCP", "ARC", "ZEA", "STG", "ZPN", "CAR", "CEA", "CYP", "MER", "SFL", "PAR",
          "MOL", "AIT");

  /** The largest number of parameters PVi_m that a projection takes. */
  int PARAMETERS = 21;

  /**
   * A projection.
   *
   * @param code the three letters of CTYPE
   * @param parameters PVi_0 to PVi_20 of the latitude axis; NaN where the header has none
   * @param referenceLatitude CRVAL of the latitude axis, which NCP needs
   * @return empty if the code is not known
   * @throws IllegalArgumentException if parameters are impossible
   */
  static Optional<Projection> of(String code, double[] parameters, double referenceLatitude) {
    return switch (code) {
      case "TAN", "ARC", "ZEA", "STG", "ZPN" -> Optional.of(Zenithal.of(code, parameters));
      case "SIN" -> Optional.of(Orthographic.of(parameters));
      case "NCP" -> Optional.of(Orthographic.northPole(referenceLatitude));
      default -> Cylindrical.of(code, parameters);
    };
  }

  /** Native latitude of the reference point in degrees: 90 for zenithal projections, else 0. */
  double referenceLatitude();

  /**
   * Projects a place.
   *
   * @param place unit vector in native coordinates
   * @return x and y in degrees; empty for a place that the projection does not show
   */
  Optional<double[]> plane(double[] place);

  /**
   * The place of a point in the plane.
   *
   * @param x to the right of the native origin, in degrees
   * @param y above the native origin, in degrees
   * @return unit vector in native coordinates; empty outside of the projected sphere
   */
  Optional<double[]> place(double x, double y);
}
