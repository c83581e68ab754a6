package org.clusternet.kernels.emulator.numeric;

import java.util.List;

/** Single precision on raw bits in the lower half of a long. NaN results are 0x7fffffff. */
public final class Single {
  private static final long NAN = 0x7fffffffL;

  private Single() {}

  /** The number that bits stand for. */
  public static float of(long bits) {
    return Float.intBitsToFloat((int) bits);
  }

  /** Bits of a number, any NaN as the one that the hardware gives. */
  public static long bits(float value) {
    return Float.isNaN(value) ? NAN : Float.floatToRawIntBits(value);
  }

  /** Flushes a subnormal number to a zero of its sign. */
  public static float flush(float value) {
    return Math.abs(value) < Float.MIN_NORMAL ? Math.copySign(0f, value) : value;
  }

  /** Clamps to [0, 1]; NaN gives 0. */
  public static float saturate(float value) {
    return value > 0 ? Math.min(value, 1f) : 0f;
  }

  private static boolean finite(float... values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** {@code a + b}. */
  public static float add(float a, float b, Rounding mode) {
    float nearest = a + b;
    if (mode == Rounding.NEAREST || !finite(a, b)) {
      return nearest;
    }
    if (nearest == 0 && a != 0) {
      return mode == Rounding.DOWN ? -0f : 0f;
    }
    if (nearest == 0 && Float.floatToRawIntBits(a) != Float.floatToRawIntBits(b)) {
      return mode == Rounding.DOWN ? -0f : 0f;
    }
    int error = Float.isInfinite(nearest) ? 0 : Rounding.errorOf(a, 1, b, nearest);
    return mode.apply(nearest, error);
  }

  /** {@code a * b}. */
  public static float mul(float a, float b, Rounding mode) {
    float nearest = a * b;
    if (mode == Rounding.NEAREST || !finite(a, b)) {
      return nearest;
    }
    int error = Float.isInfinite(nearest) ? 0 : Rounding.errorOf(a, b, 0, nearest);
    return mode.apply(nearest, error);
  }

  /** {@code a * b + c}, rounded once. */
  public static float fma(float a, float b, float c, Rounding mode) {
    float nearest = Math.fma(a, b, c);
    if (mode == Rounding.NEAREST || !finite(a, b, c)) {
      return nearest;
    }
    int error = Float.isInfinite(nearest) ? 0 : Rounding.errorOf(a, b, c, nearest);
    if (nearest == 0 && error == 0 && (a * b != 0 || c != 0)) {
      return mode == Rounding.DOWN ? -0f : 0f;
    }
    return mode.apply(nearest, error);
  }

  /** {@code a / b}. */
  public static float div(float a, float b, Rounding mode) {
    float nearest = a / b;
    if (mode == Rounding.NEAREST || !finite(a, b) || b == 0) {
      return nearest;
    }
    int error =
        Float.isInfinite(nearest)
            ? 0
            : -Rounding.errorOf(nearest, b, -(double) a, 0) * (int) Math.signum(b);
    return mode.apply(nearest, error);
  }

  /** Square root. */
  public static float sqrt(float a, Rounding mode) {
    float nearest = (float) Math.sqrt(a);
    if (mode == Rounding.NEAREST || !finite(a) || !(a > 0)) {
      return nearest;
    }
    return mode.apply(nearest, -Rounding.errorOf(nearest, nearest, -(double) a, 0));
  }

  /** Minimum or maximum: of a number and NaN the number, unless {@code .NaN} asks for NaN. */
  public static float extremum(float a, float b, boolean max, boolean nan) {
    if (Float.isNaN(a) || Float.isNaN(b)) {
      return nan ? Float.NaN : (Float.isNaN(a) ? b : a);
    }
    return max ? Math.max(a, b) : Math.min(a, b);
  }

  /** A function of raw bits, with flushing and saturation as the modifiers ask. */
  static Functions.Unary unary(List<String> modifiers, FloatUnary f) {
    boolean ftz = modifiers.contains("ftz");
    boolean sat = modifiers.contains("sat");
    if (!ftz && !sat) {
      return a -> bits(f.apply(of(a)));
    }
    return a -> finish(f.apply(ftz ? flush(of(a)) : of(a)), ftz, sat);
  }

  static Functions.Binary binary(List<String> modifiers, FloatBinary f) {
    boolean ftz = modifiers.contains("ftz");
    boolean sat = modifiers.contains("sat");
    if (!ftz && !sat) {
      return (a, b) -> bits(f.apply(of(a), of(b)));
    }
    return (a, b) ->
        finish(f.apply(ftz ? flush(of(a)) : of(a), ftz ? flush(of(b)) : of(b)), ftz, sat);
  }

  static Functions.Ternary ternary(List<String> modifiers, FloatTernary f) {
    boolean ftz = modifiers.contains("ftz");
    boolean sat = modifiers.contains("sat");
    if (!ftz && !sat) {
      return (a, b, c) -> bits(f.apply(of(a), of(b), of(c)));
    }
    return (a, b, c) ->
        finish(
            f.apply(
                ftz ? flush(of(a)) : of(a), ftz ? flush(of(b)) : of(b), ftz ? flush(of(c)) : of(c)),
            ftz,
            sat);
  }

  private static long finish(float value, boolean ftz, boolean sat) {
    float flushed = ftz ? flush(value) : value;
    return bits(sat ? saturate(flushed) : flushed);
  }

  /** A function of one number. */
  interface FloatUnary {
    float apply(float a);
  }

  /** A function of two numbers. */
  interface FloatBinary {
    float apply(float a, float b);
  }

  /** A function of three numbers. */
  interface FloatTernary {
    float apply(float a, float b, float c);
  }
}
