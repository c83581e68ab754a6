package org.clusternet.kernels.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Floating-point arithmetic: nearest against Java's, directed modes against exact decimals. */
class FloatInstructionTest {
  private static final float[] SINGLES = singles();

  private static final double[] DOUBLES = doubles();

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

  private static double[] doubles() {
    Random random = new Random(4);
    double[] special = {
      0,
      -0.0,
      1,
      -1,
      0.1,
      3,
      Double.MIN_VALUE,
      Double.MIN_NORMAL,
      Double.MAX_VALUE,
      -Double.MAX_VALUE,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NaN,
      0x1p-600
    };
    double[] all = new double[special.length + 8];
    System.arraycopy(special, 0, all, 0, special.length);
    for (int i = special.length; i < all.length; i++) {
      all[i] = Double.longBitsToDouble(random.nextLong());
    }
    return all;
  }

  private static float single(long bits) {
    return Float.intBitsToFloat((int) bits);
  }

  private static void assertSame(float expected, long got, String what) {
    if (Float.isNaN(expected)) {
      assertEquals(0x7fffffffL, got, what);
    } else {
      assertEquals(Float.floatToRawIntBits(expected), (int) got, what);
    }
  }

  private interface FloatFunction {
    float apply(float a, float b);
  }

  private static void check(String code, FloatFunction reference) {
    long[][] in = OneInstruction.pairs(OneInstruction.bits(SINGLES));
    long[] got = new OneInstruction(code, "f32", "f32", "f32").run(in);
    for (int i = 0; i < got.length; i++) {
      float a = single(in[0][i]);
      float b = single(in[1][i]);
      assertSame(reference.apply(a, b), got[i], code + " of " + a + ", " + b);
    }
  }

  private static float flush(float value) {
    return Math.abs(value) < Float.MIN_NORMAL ? Math.copySign(0f, value) : value;
  }

  @Test
  void singlePrecisionToNearest() {
    check("add.f32 %d, %a, %b;", Float::sum);
    check("sub.rn.f32 %d, %a, %b;", (a, b) -> a - b);
    check("mul.f32 %d, %a, %b;", (a, b) -> a * b);
    check("div.rn.f32 %d, %a, %b;", (a, b) -> a / b);
    check("fma.rn.f32 %d, %a, %b, %a;", (a, b) -> Math.fma(a, b, a));
    check("sqrt.rn.f32 %d, %a;", (a, b) -> (float) Math.sqrt(a));
    check("rcp.rn.f32 %d, %a;", (a, b) -> 1 / a);
  }

  @Test
  void flushingToZero() {
    check("add.ftz.f32 %d, %a, %b;", (a, b) -> flush(flush(a) + flush(b)));
    check("mul.ftz.f32 %d, %a, %b;", (a, b) -> flush(flush(a) * flush(b)));
    check(
        "fma.rn.ftz.f32 %d, %a, %b, %a;", (a, b) -> flush(Math.fma(flush(a), flush(b), flush(a))));
    check("abs.ftz.f32 %d, %a;", (a, b) -> Math.abs(flush(a)));
  }

  @Test
  void saturation() {
    check(
        "add.sat.f32 %d, %a, %b;",
        (a, b) -> Float.isNaN(a + b) ? 0f : Math.clamp(a + b, 0f, 1f) + 0f);
    check("cvt.sat.f32.f32 %d, %a;", (a, b) -> Float.isNaN(a) ? 0f : Math.clamp(a, 0f, 1f) + 0f);
  }

  @Test
  void extremaKeepTheNumber() {
    check(
        "min.f32 %d, %a, %b;", (a, b) -> Float.isNaN(a) ? b : Float.isNaN(b) ? a : Math.min(a, b));
    check(
        "max.f32 %d, %a, %b;", (a, b) -> Float.isNaN(a) ? b : Float.isNaN(b) ? a : Math.max(a, b));
    check("max.NaN.f32 %d, %a, %b;", Math::max);
  }

  @Test
  void signs() {
    long[] in = OneInstruction.bits(SINGLES);
    long[] neg = new OneInstruction("neg.f32 %d, %a;", "f32", "f32").run(in);
    long[] abs = new OneInstruction("abs.f32 %d, %a;", "f32", "f32").run(in);
    for (int i = 0; i < in.length; i++) {
      assertEquals(in[i] ^ 0x80000000L, neg[i]);
      assertEquals(in[i] & 0x7fffffffL, abs[i]);
    }
    long[][] pairs = OneInstruction.pairs(in);
    long[] signed = new OneInstruction("copysign.f32 %d, %a, %b;", "f32", "f32", "f32").run(pairs);
    for (int i = 0; i < signed.length; i++) {
      assertEquals((pairs[0][i] & 0x80000000L) | (pairs[1][i] & 0x7fffffffL), signed[i]);
    }
  }

  @Test
  void doublePrecision() {
    long[][] in = OneInstruction.pairs(OneInstruction.bits(DOUBLES));
    long[] sum = new OneInstruction("add.f64 %d, %a, %b;", "f64", "f64", "f64").run(in);
    long[] product = new OneInstruction("mul.rn.f64 %d, %a, %b;", "f64", "f64", "f64").run(in);
    long[] quotient = new OneInstruction("div.rn.f64 %d, %a, %b;", "f64", "f64", "f64").run(in);
    long[] fused = new OneInstruction("fma.rn.f64 %d, %a, %b, %b;", "f64", "f64", "f64").run(in);
    long[] root = new OneInstruction("sqrt.rn.f64 %d, %a;", "f64", "f64", "f64").run(in);
    long[] least = new OneInstruction("min.f64 %d, %a, %b;", "f64", "f64", "f64").run(in);
    for (int i = 0; i < sum.length; i++) {
      double a = Double.longBitsToDouble(in[0][i]);
      double b = Double.longBitsToDouble(in[1][i]);
      assertEquals(a + b, Double.longBitsToDouble(sum[i]));
      assertEquals(a * b, Double.longBitsToDouble(product[i]));
      assertEquals(a / b, Double.longBitsToDouble(quotient[i]));
      assertEquals(Math.fma(a, b, b), Double.longBitsToDouble(fused[i]));
      assertEquals(Math.sqrt(a), Double.longBitsToDouble(root[i]));
      double expected = Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
      assertEquals(expected, Double.longBitsToDouble(least[i]));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "eq, 0", "ne, 0", "lt, 0", "le, 0", "gt, 0", "ge, 0", "equ, 1", "neu, 1", "ltu, 1", "leu, 1",
    "gtu, 1", "geu, 1"
  })
  void comparisons(String operator, int unordered) {
    long[][] in = OneInstruction.pairs(OneInstruction.bits(SINGLES));
    long[] got =
        new OneInstruction("setp." + operator + ".f32 %d, %a, %b;", "pred", "f32", "f32").run(in);
    for (int i = 0; i < got.length; i++) {
      float a = single(in[0][i]);
      float b = single(in[1][i]);
      boolean holds =
          switch (operator.substring(0, 2)) {
            case "eq" -> a == b;
            case "ne" -> a != b;
            case "lt" -> a < b;
            case "le" -> a <= b;
            case "gt" -> a > b;
            default -> a >= b;
          };
      int expected = Float.isNaN(a) || Float.isNaN(b) ? unordered : holds ? 1 : 0;
      assertEquals(expected, got[i], operator + " of " + a + ", " + b);
    }
  }

  @Test
  void classes() {
    long[] in = OneInstruction.bits(SINGLES);
    long[] finite = new OneInstruction("testp.finite.f32 %d, %a;", "pred", "f32").run(in);
    long[] nan = new OneInstruction("testp.notanumber.f32 %d, %a;", "pred", "f32").run(in);
    long[] tiny = new OneInstruction("testp.subnormal.f32 %d, %a;", "pred", "f32").run(in);
    for (int i = 0; i < in.length; i++) {
      float a = SINGLES[i];
      assertEquals(Float.isFinite(a) ? 1 : 0, finite[i]);
      assertEquals(Float.isNaN(a) ? 1 : 0, nan[i]);
      assertEquals(a != 0 && Math.abs(a) < Float.MIN_NORMAL ? 1 : 0, tiny[i]);
    }
  }
}
