package org.clusternet.data.projection;

import org.apache.commons.math3.geometry.euclidean.threed.Rotation;

/**
 * A triaxial body of similar, concentric, aligned ellipsoidal shells: everything in it depends on
 * the ellipsoidal radius m alone, m^2 = x^T Q x.
 *
 * <p>Q has determinant 1, so that m is the radius of the sphere of equal volume and the luminosity
 * is that of the spherical body of the same profile. X-ray contours of clusters keep one axis ratio
 * and direction over the image (Kawahara 2010, ApJ 719, 1926), as the image of such a body does.
 *
 * <p>Seen along an axis, with p on the sky and l along it, m^2 = m_p^2 + Q_ll (l - l_0)^2, where
 * m_p^2 = p^T (Q_pp - Q_pl Q_lp / Q_ll) p (completing the square). Hence the line-of-sight integral
 * of any e(m) is exactly Q_ll^(-1/2) S(m_p), S being the projection of the sphere (Stark 1977, ApJ
 * 213, 368): one radial function serves all directions.
 */
public final class Ellipsoid {
  private final double[][] q;

  private Ellipsoid(double[][] q) {
    this.q = q;
  }

  /**
   * A body of given axis ratios and orientation.
   *
   * @param bOverA the middle axis in units of the longest, above 0 and at most 1
   * @param cOverA the shortest axis in units of the longest, above 0 and at most b/a
   * @param orientation turns the body from its axes (a along x, b along y, c along z)
   * @return the body
   * @throws IllegalArgumentException if an axis ratio is outside its range
   */
  public static Ellipsoid of(double bOverA, double cOverA, Rotation orientation) {
    if (!(cOverA > 0 && cOverA <= bOverA && bOverA <= 1)) {
      throw new IllegalArgumentException(
          "ellipsoid: b/a=" + bOverA + " c/a=" + cOverA + "; need 0 < c/a <= b/a <= 1");
    }
    double a = 1 / StrictMath.cbrt(bOverA * cOverA);
    double[] axes = {a, a * bOverA, a * cOverA};
    double[][] r = orientation.getMatrix();
    double[][] q = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 3; k++) {
          q[i][j] += r[k][i] * r[k][j] / (axes[k] * axes[k]);
        }
      }
    }
    return new Ellipsoid(q);
  }

  /**
   * The ellipsoidal radius of a point.
   *
   * @param x kpc
   * @param y kpc
   * @param z kpc
   * @return m in kpc
   */
  public double radius(double x, double y, double z) {
    double[] p = {x, y, z};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        sum += p[i] * q[i][j] * p[j];
      }
    }
    return Math.sqrt(sum);
  }

  /**
   * The contours of the body seen along an axis from a large distance.
   *
   * @param axis 0, 1 or 2 for x, y or z; the image's first axis is the next one in the cycle x, y,
   *     z, its second the one after
   * @return the ellipse of the contours
   */
  public Ellipse alongAxis(int axis) {
    int u = (axis + 1) % 3;
    int v = (axis + 2) % 3;
    double along = q[axis][axis];
    return new Ellipse(
        q[u][u] - q[u][axis] * q[u][axis] / along,
        q[u][v] - q[u][axis] * q[v][axis] / along,
        q[v][v] - q[v][axis] * q[v][axis] / along,
        1 / Math.sqrt(along));
  }
}
