package org.clusternet.data.sky;

/**
 * Angles in degrees and unit vectors, and rotations of the axes.
 *
 * <p>Latitudes come from {@code atan2}, never from {@code asin}: near a pole the arc sine would
 * lose half of the digits, milliarcseconds at the reference position of every zenithal projection.
 */
final class Sphere {
  private static final double FULL = 360;

  private Sphere() {}

  /** The unit vector of a longitude and latitude in degrees. */
  static double[] vector(double longitude, double latitude) {
    double a = Math.toRadians(longitude);
    double b = Math.toRadians(latitude);
    double cos = StrictMath.cos(b);
    return new double[] {cos * StrictMath.cos(a), cos * StrictMath.sin(a), StrictMath.sin(b)};
  }

  /** Longitude from 0 to 360 and latitude of a vector of any length, in degrees. */
  static double[] angles(double[] vector) {
    double longitude = Math.toDegrees(StrictMath.atan2(vector[1], vector[0]));
    double latitude =
        Math.toDegrees(StrictMath.atan2(vector[2], StrictMath.hypot(vector[0], vector[1])));
    return new double[] {positive(longitude), latitude};
  }

  /** The same angle from 0 to below 360 degrees. */
  static double positive(double degrees) {
    double reduced = degrees - FULL * Math.floor(degrees / FULL);
    return reduced < FULL ? reduced : 0;
  }

  /**
   * Turns the axes by an angle in radians about an axis, 0 for x, 1 for y, 2 for z; the vector's
   * new components are the matrix times the old ones.
   */
  static double[][] rotation(int axis, double angle) {
    int next = (axis + 1) % 3;
    int last = (axis + 2) % 3;
    double[][] matrix = new double[3][3];
    matrix[axis][axis] = 1;
    matrix[next][next] = StrictMath.cos(angle);
    matrix[last][last] = matrix[next][next];
    matrix[next][last] = StrictMath.sin(angle);
    matrix[last][next] = -matrix[next][last];
    return matrix;
  }

  /** The product of matrices; the last one acts first. */
  static double[][] product(double[][]... matrices) {
    double[][] product = matrices[0];
    for (int m = 1; m < matrices.length; m++) {
      double[][] next = new double[3][3];
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          for (int k = 0; k < 3; k++) {
            next[i][j] += product[i][k] * matrices[m][k][j];
          }
        }
      }
      product = next;
    }
    return product;
  }

  /** The transposed matrix, the inverse of a rotation. */
  static double[][] transposed(double[][] matrix) {
    double[][] transposed = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        transposed[i][j] = matrix[j][i];
      }
    }
    return transposed;
  }

  /** A matrix times a vector. */
  static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[3];
    for (int i = 0; i < 3; i++) {
      product[i] = dot(matrix[i], vector);
    }
    return product;
  }

  static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}
