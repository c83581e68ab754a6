package org.clusternet.kernels.emulator.numeric;

/** Double precision in the four rounding modes. */
final class DoublePrecision {
  private DoublePrecision() {}

  static double of(long bits) {
    return Double.longBitsToDouble(bits);
  }

  static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static boolean finite(double a, double b, double c) {
    return Double.isFinite(a) && Double.isFinite(b) && Double.isFinite(c);
  }

  static double add(double a, double b, Rounding mode) {
    double nearest = a + b;
    if (mode == Rounding.NEAREST || !finite(a, b, 0)) {
      return nearest;
    }
    if (nearest == 0 && bits(a) != bits(b)) {
      return mode == Rounding.DOWN ? -0.0 : 0.0;
    }
    int error = Double.isInfinite(nearest) ? 0 : Rounding.errorOf(a, 1, b, nearest);
    return mode.apply(nearest, error);
  }

  static double mul(double a, double b, Rounding mode) {
    double nearest = a * b;
    if (mode == Rounding.NEAREST || !finite(a, b, 0)) {
      return nearest;
    }
    int error = Double.isInfinite(nearest) ? 0 : Rounding.errorOf(a, b, 0, nearest);
    return mode.apply(nearest, error);
  }

  static double fma(double a, double b, double c, Rounding mode) {
    double nearest = Math.fma(a, b, c);
    if (mode == Rounding.NEAREST || !finite(a, b, c)) {
      return nearest;
    }
    int error = Double.isInfinite(nearest) ? 0 : Rounding.errorOf(a, b, c, nearest);
    if (nearest == 0 && error == 0 && c != 0) {
      return mode == Rounding.DOWN ? -0.0 : 0.0;
    }
    return mode.apply(nearest, error);
  }

  static double div(double a, double b, Rounding mode) {
    double nearest = a / b;
    if (mode == Rounding.NEAREST || !finite(a, b, 0) || b == 0) {
      return nearest;
    }
    int error =
        Double.isInfinite(nearest)
            ? 0
            : -Rounding.errorOf(nearest, b, -a, 0) * (int) Math.signum(b);
    return mode.apply(nearest, error);
  }

  static double sqrt(double a, Rounding mode) {
    double nearest = Math.sqrt(a);
    if (mode == Rounding.NEAREST || !Double.isFinite(a) || !(a > 0)) {
      return nearest;
    }
    return mode.apply(nearest, -Rounding.errorOf(nearest, nearest, -a, 0));
  }

  static double extremum(double a, double b, boolean max) {
    if (Double.isNaN(a)) {
      return b;
    }
    if (Double.isNaN(b)) {
      return a;
    }
    return max ? Math.max(a, b) : Math.min(a, b);
  }
}
