package org.clusternet.data.sky;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.polynomials.PolynomialFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * Projections around a pole, in which the distance from the middle depends on the distance from the
 * pole alone (Calabretta and Greisen 2002, section 5.1): TAN, STG, ARC, ZEA and ZPN.
 *
 * @param radius from the angle to the pole to the distance in the plane, both in radians,
 *     increasing
 * @param angle the inverse of the radius
 * @param farthest the largest angle to the pole, itself excluded for TAN and STG, where it is at
 *     infinity
 * @param edge distance in the plane of the farthest place
 */
record Zenithal(DoubleUnaryOperator radius, DoubleUnaryOperator angle, double farthest, double edge)
    implements Projection {
  private static final double INFINITE = Double.POSITIVE_INFINITY;
  private static final double STEP = Math.PI / 1800;
  private static final double ACCURACY = 1e-15;

  static Zenithal of(String code, double[] parameters) {
    return switch (code) {
      case "TAN" -> new Zenithal(StrictMath::tan, StrictMath::atan, Math.PI / 2, INFINITE);
      case "STG" ->
          new Zenithal(
              a -> 2 * StrictMath.tan(a / 2), r -> 2 * StrictMath.atan(r / 2), Math.PI, INFINITE);
      case "ARC" -> new Zenithal(a -> a, r -> r, Math.PI, Math.PI);
      case "ZEA" ->
          new Zenithal(a -> 2 * StrictMath.sin(a / 2), r -> 2 * StrictMath.asin(r / 2), Math.PI, 2);
      default -> polynomial(parameters);
    };
  }

  private static Zenithal polynomial(double[] parameters) {
    double[] coefficients = new double[parameters.length];
    for (int m = 0; m < coefficients.length; m++) {
      coefficients[m] = Double.isNaN(parameters[m]) ? 0 : parameters[m];
    }
    PolynomialFunction radius = new PolynomialFunction(coefficients);
    PolynomialFunction slope = radius.polynomialDerivative();
    if (!(slope.value(STEP) > 0)) {
      throw new IllegalArgumentException(
          "projection ZPN: its polynomial does not increase from the pole; correct PV2_1 and others");
    }
    double farthest = STEP;
    while (farthest + STEP < Math.PI && slope.value(farthest + STEP) > 0) {
      farthest += STEP;
    }
    double end = farthest;
    double edge = radius.value(end);
    BrentSolver solver = new BrentSolver(ACCURACY, ACCURACY);
    double inner = radius.value(0);
    return new Zenithal(
        radius::value,
        r -> r <= inner ? 0 : solver.solve(100, a -> radius.value(a) - r, 0, end),
        end,
        edge);
  }

  @Override
  public double referenceLatitude() {
    return 90;
  }

  @Override
  public Optional<double[]> plane(double[] place) {
    double across = StrictMath.hypot(place[0], place[1]);
    double a = StrictMath.atan2(across, place[2]);
    if (a > farthest || (a == farthest && edge == INFINITE)) {
      return Optional.empty();
    }
    double r = Math.toDegrees(radius.applyAsDouble(a));
    return Optional.of(
        across == 0
            ? new double[] {0, -r}
            : new double[] {r * place[1] / across, -r * place[0] / across});
  }

  @Override
  public Optional<double[]> place(double x, double y) {
    double length = StrictMath.hypot(x, y);
    double r = Math.toRadians(length);
    if (r > edge) {
      return Optional.empty();
    }
    double a = angle.applyAsDouble(r);
    double sin = length == 0 ? 0 : StrictMath.sin(a) / length;
    return Optional.of(new double[] {-sin * y, sin * x, StrictMath.cos(a)});
  }
}
