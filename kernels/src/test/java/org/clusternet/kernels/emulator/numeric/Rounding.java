package org.clusternet.kernels.emulator.numeric;

import java.math.BigDecimal;
import java.util.List;

/**
 * Rounding of exact results. Java rounds to nearest, ties to even; the directed modes step from
 * there to the neighbour where the exact result lies on the other side.
 */
public enum Rounding {
  NEAREST,
  ZERO,
  DOWN,
  UP;

  /** The mode that modifiers name ({@code rn}, {@code rz}, {@code rm}, {@code rp}). */
  public static Rounding of(List<String> modifiers) {
    if (modifiers.contains("rz")) {
      return ZERO;
    }
    if (modifiers.contains("rm")) {
      return DOWN;
    }
    return modifiers.contains("rp") ? UP : NEAREST;
  }

  private int towards(double sign) {
    return switch (this) {
      case UP -> 1;
      case DOWN -> -1;
      case ZERO -> sign > 0 ? -1 : 1;
      default -> 0;
    };
  }

  /**
   * Rounds a single-precision result.
   *
   * @param nearest the result rounded to nearest, from finite operands
   * @param error sign of the exact result less {@code nearest}; of any where that is infinite
   */
  public float apply(float nearest, int error) {
    if (this == NEAREST || Float.isNaN(nearest)) {
      return nearest;
    }
    if (Float.isInfinite(nearest)) {
      boolean back = (towards(nearest) > 0) != (nearest > 0);
      return back ? Math.copySign(Float.MAX_VALUE, nearest) : nearest;
    }
    int direction = towards(nearest == 0 ? error : nearest);
    if (error == 0 || Integer.signum(error) != direction) {
      return nearest;
    }
    return direction > 0 ? Math.nextUp(nearest) : Math.nextDown(nearest);
  }

  /** The same for double precision. */
  public double apply(double nearest, int error) {
    if (this == NEAREST || Double.isNaN(nearest)) {
      return nearest;
    }
    if (Double.isInfinite(nearest)) {
      boolean back = (towards(nearest) > 0) != (nearest > 0);
      return back ? Math.copySign(Double.MAX_VALUE, nearest) : nearest;
    }
    int direction = towards(nearest == 0 ? error : nearest);
    if (error == 0 || Integer.signum(error) != direction) {
      return nearest;
    }
    return direction > 0 ? Math.nextUp(nearest) : Math.nextDown(nearest);
  }

  /** Sign of {@code a * b + c - d}, all finite. */
  static int errorOf(double a, double b, double c, double d) {
    return new BigDecimal(a)
        .multiply(new BigDecimal(b))
        .add(new BigDecimal(c))
        .compareTo(new BigDecimal(d));
  }
}
