package org.clusternet.kernels.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Directed rounding against exact decimals. */
class RoundingTest {
  private static final float[] SINGLES = singles();

  private static float[] singles() {
    Random random = new Random(3);
    float[] special = {
      0f,
      -0f,
      1f,
      -1f,
      1.5f,
      3f,
      0.1f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      Math.nextDown(Float.MIN_NORMAL),
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN,
      0x1p-70f,
      0x1p70f,
      16777218f
    };
    float[] all = new float[special.length + 12];
    System.arraycopy(special, 0, all, 0, special.length);
    for (int i = special.length; i < all.length; i++) {
      all[i] = Float.intBitsToFloat(random.nextInt());
    }
    return all;
  }

  private static float single(long bits) {
    return Float.intBitsToFloat((int) bits);
  }

  @ParameterizedTest
  @CsvSource({
    "add, rz", "add, rm", "add, rp", "sub, rz", "mul, rm", "mul, rp", "mul, rz", "div, rz",
    "div, rm", "div, rp", "fma, rz", "fma, rm", "fma, rp", "sqrt, rm", "sqrt, rp", "sqrt, rz"
  })
  void directedRounding(String operation, String mode) {
    String rest = operation.equals("sqrt") ? "" : operation.equals("fma") ? ", %b, %a" : ", %b";
    String code = operation + "." + mode + ".f32 %d, %a" + rest + ";";
    long[][] in = OneInstruction.pairs(OneInstruction.bits(SINGLES));
    long[] got = new OneInstruction(code, "f32", "f32", "f32").run(in);
    for (int i = 0; i < got.length; i++) {
      float a = single(in[0][i]);
      float b = operation.equals("sqrt") ? a : single(in[1][i]);
      boolean valid =
          Float.isFinite(a)
              && Float.isFinite(b)
              && !(operation.equals("div") && b == 0)
              && !(operation.equals("sqrt") && a < 0);
      if (valid) {
        checkDirected(operation, mode, a, b, single(got[i]));
      }
    }
  }

  /** Sign of the exact result less a number. */
  private static int compare(String operation, float a, float b, double to) {
    BigDecimal x = new BigDecimal(a);
    BigDecimal y = new BigDecimal(b);
    BigDecimal r = new BigDecimal(to);
    return switch (operation) {
      case "add" -> x.add(y).compareTo(r);
      case "sub" -> x.subtract(y).compareTo(r);
      case "mul" -> x.multiply(y).compareTo(r);
      case "fma" -> x.multiply(y).add(x).compareTo(r);
      case "div" -> b > 0 ? x.compareTo(r.multiply(y)) : r.multiply(y).compareTo(x);
      default -> r.signum() < 0 ? 1 : x.compareTo(r.multiply(r));
    };
  }

  private static void checkDirected(String operation, String mode, float a, float b, float got) {
    String what = operation + "." + mode + " of " + a + ", " + b + " gave " + got;
    int sign = compare(operation, a, b, 0);
    boolean down = mode.equals("rm") || (mode.equals("rz") && sign > 0);
    if (sign == 0) {
      assertEquals(0f, Math.abs(got), what);
      return;
    }
    float next = down ? Math.nextUp(got) : Math.nextDown(got);
    float beyond = down ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
    assertTrue(got != -beyond, what);
    if (got != beyond) {
      int order = compare(operation, a, b, got);
      assertTrue(down ? order >= 0 : order <= 0, what);
    }
    if (Float.isFinite(next)) {
      int order = compare(operation, a, b, next);
      assertTrue(down ? order < 0 : order > 0, what);
    }
  }

  @ParameterizedTest
  @CsvSource({"rz", "rm", "rp"})
  void directedDoubles(String mode) {
    double[] x = {1, 3, 0.1, -7, 1e300, -1e-300, 0x1p-1074, 12345.678};
    long[][] in = OneInstruction.pairs(OneInstruction.bits(x));
    long[] sum =
        new OneInstruction("add." + mode + ".f64 %d, %a, %b;", "f64", "f64", "f64").run(in);
    long[] product =
        new OneInstruction("mul." + mode + ".f64 %d, %a, %b;", "f64", "f64", "f64").run(in);
    for (int i = 0; i < sum.length; i++) {
      BigDecimal a = new BigDecimal(Double.longBitsToDouble(in[0][i]));
      BigDecimal b = new BigDecimal(Double.longBitsToDouble(in[1][i]));
      bracket(a.add(b), Double.longBitsToDouble(sum[i]), mode);
      bracket(a.multiply(b), Double.longBitsToDouble(product[i]), mode);
    }
  }

  private static void bracket(BigDecimal exact, double got, String mode) {
    boolean down = mode.equals("rm") || (mode.equals("rz") && exact.signum() > 0);
    String what = exact.doubleValue() + " by " + mode + " gave " + got;
    if (Double.isInfinite(got)) {
      assertEquals(down, got < 0, what);
      return;
    }
    int order = exact.compareTo(new BigDecimal(got));
    assertTrue(exact.signum() == 0 || (down ? order >= 0 : order <= 0), what);
    double next = down ? Math.nextUp(got) : Math.nextDown(got);
    if (order != 0 && Double.isFinite(next)) {
      assertTrue(down == exact.compareTo(new BigDecimal(next)) < 0, what);
    }
  }
}
