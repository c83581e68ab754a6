package org.clusternet.kernels.emulator.numeric;

/**
 * The functions that PTX only approximates. Each is computed in double precision and then moved by
 * a pseudo-random part of the error that the manual allows (PTX ISA 8.0, section 9.7.3), so that no
 * test comes to depend on an accuracy that no GPU promises. The part depends on the operation, the
 * input's bits and the seed alone: the same input always gives the same result.
 */
public final class Approximation {
  /** Half a unit in the last place, which the final rounding takes of each bound. */
  private static final double ROUNDING = 0x1p-24;

  private final long seed;
  private final boolean exact;

  private Approximation(long seed, boolean exact) {
    this.seed = seed;
    this.exact = exact;
  }

  /** Errors up to the bounds, chosen by a seed. */
  public static Approximation perturbed(long seed) {
    return new Approximation(seed, false);
  }

  /** No error but the final rounding. */
  public static Approximation accurate() {
    return new Approximation(0, true);
  }

  /** In [-1, 1]. */
  private double noise(int operation, long input) {
    if (exact) {
      return 0;
    }
    long x = seed ^ (operation * 0x9e3779b97f4a7c15L) ^ (input * 0xbf58476d1ce4e5b9L);
    x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return (x ^ (x >>> 31)) * 0x1p-63;
  }

  private static long input(float a) {
    return Float.floatToRawIntBits(a);
  }

  private float relative(double value, double bound, int operation, long input) {
    if (value == 0 || Double.isInfinite(value) || Double.isNaN(value)) {
      return (float) value;
    }
    float moved = (float) (value * (1 + (bound - ROUNDING) * noise(operation, input)));
    return Float.isInfinite(moved) && Math.abs(value) <= Float.MAX_VALUE ? (float) value : moved;
  }

  private float absolute(double value, double bound, int operation, long input) {
    double rounding = Math.ulp((float) value) / 2;
    return (float) (value + Math.max(0, bound - rounding) * noise(operation, input));
  }

  private float ulps(double value, double ulps, int operation, long input) {
    if (value == 0 || Double.isInfinite(value) || Double.isNaN(value)) {
      return (float) value;
    }
    double step = Math.ulp((float) value) * (ulps - 0.5) * noise(operation, input);
    float moved = (float) (value + step);
    return Float.isInfinite(moved) && Math.abs(value) <= Float.MAX_VALUE ? (float) value : moved;
  }

  /** {@code ex2.approx}: relative error up to 2^-22. */
  public float ex2(float a) {
    return a == Math.rint(a)
        ? (float) Math.pow(2, a)
        : relative(Math.pow(2, a), 0x1p-22, 1, input(a));
  }

  /** {@code lg2.approx}: error up to 2^-22, absolute in [0.5, 2], relative elsewhere. */
  public float lg2(float a) {
    double value = Math.log(a) / Math.log(2);
    if (!(a > 0) || Float.isInfinite(a) || a == 1) {
      return (float) value;
    }
    return a >= 0.5f && a <= 2
        ? absolute(value, 0x1p-22, 2, input(a))
        : relative(value, 0x1p-22, 2, input(a));
  }

  /** {@code rcp.approx}: within 1 ulp. */
  public float rcp(float a) {
    return ulps(1.0 / a, 1, 3, input(a));
  }

  /** {@code rsqrt.approx}: relative error up to 2^-22.9. */
  public float rsqrt(float a) {
    return relative(1 / Math.sqrt(a), Math.pow(2, -22.9), 4, input(a));
  }

  /** {@code sqrt.approx}: relative error up to 2^-23. */
  public float sqrt(float a) {
    return relative(Math.sqrt(a), 0x1p-23, 5, input(a));
  }

  /**
   * {@code sin.approx}: absolute error up to 2^-20.5 in [-2 pi, 2 pi], 2^-14.7 in [-100 pi, 100
   * pi].
   */
  public float sin(float a) {
    return a == 0 || !Float.isFinite(a)
        ? (float) Math.sin(a)
        : absolute(Math.sin(a), angular(a), 6, input(a));
  }

  /** {@code cos.approx}: bounds of the sine. */
  public float cos(float a) {
    return a == 0 || !Float.isFinite(a)
        ? (float) Math.cos(a)
        : absolute(Math.cos(a), angular(a), 7, input(a));
  }

  /** Beyond 100 pi the manual promises nothing. */
  private static double angular(float a) {
    if (Math.abs(a) > 100 * Math.PI) {
      return 1;
    }
    return Math.abs(a) <= 2 * Math.PI ? Math.pow(2, -20.5) : Math.pow(2, -14.7);
  }

  /** {@code tanh.approx}: relative error up to 2^-11. */
  public float tanh(float a) {
    double value = Math.tanh(a);
    return Math.abs(value) == 1 ? (float) value : relative(value, 0x1p-11, 8, input(a));
  }

  /** {@code div.approx}: within 2 ulp for divisors up to 2^126, 0 beyond. */
  public float divApprox(float a, float b) {
    if (Math.abs(b) > 0x1p126f && Float.isFinite(b)) {
      return Float.isInfinite(a) || Float.isNaN(a) ? Float.NaN : Math.copySign(0f, a * b);
    }
    return divFull(a, b);
  }

  /** {@code div.full}: within 2 ulp. */
  public float divFull(float a, float b) {
    return ulps((double) a / b, 2, 9, input(a) << 32 ^ (input(b) & 0xffffffffL));
  }

  /** {@code rcp.approx.ftz.f64}: 20 bits of the mantissa, the lower word zero. */
  public double rcp64(double a) {
    return gross(1 / a, 10, a);
  }

  /** {@code rsqrt.approx.ftz.f64}, as coarse. */
  public double rsqrt64(double a) {
    return gross(1 / Math.sqrt(a), 11, a);
  }

  private double gross(double value, int operation, double a) {
    if (value == 0 || Double.isInfinite(value) || Double.isNaN(value)) {
      return value;
    }
    double moved = value * (1 + 0x1p-21 * noise(operation, Double.doubleToRawLongBits(a)));
    return Double.longBitsToDouble(Double.doubleToRawLongBits(moved) & 0xffffffff00000000L);
  }
}
