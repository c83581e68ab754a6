package org.clusternet.kernels.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code cvt} between all types. */
class ConversionTest {
  private static final long[] INTEGERS =
      LongStream.concat(
              LongStream.of(
                  0,
                  1,
                  -1,
                  127,
                  128,
                  255,
                  256,
                  -128,
                  -129,
                  32767,
                  32768,
                  65535,
                  65536,
                  Integer.MAX_VALUE,
                  Integer.MIN_VALUE,
                  0xffffffffL,
                  16777217,
                  16777219,
                  (1L << 53) + 1,
                  Long.MAX_VALUE,
                  Long.MIN_VALUE,
                  -(1L << 53) - 1),
              new Random(5).longs(40))
          .toArray();
  private static final double[] REALS =
      DoubleStream.concat(
              DoubleStream.of(
                  0,
                  -0.0,
                  0.5,
                  -0.5,
                  1.5,
                  2.5,
                  -1.5,
                  -2.5,
                  0.49999997,
                  254.5,
                  255.5,
                  256,
                  -1,
                  2147483647,
                  2147483648.0,
                  -2147483649.0,
                  4294967295.0,
                  4294967296.0,
                  1e19,
                  -1e19,
                  9.3e18,
                  1.8e19,
                  1e300,
                  -1e300,
                  Double.NaN,
                  Double.POSITIVE_INFINITY,
                  Double.NEGATIVE_INFINITY,
                  Double.MIN_VALUE,
                  1e-40,
                  65504,
                  65520,
                  6e-8,
                  3e-8),
              new Random(6).doubles(40, -1e6, 1e6))
          .toArray();

  private static int bits(String type) {
    return Integer.parseInt(type.substring(1));
  }

  private static String register(String type) {
    return (type.startsWith("f") ? "f" : "b") + bits(type);
  }

  private static BigInteger exact(long value, String type) {
    BigInteger low = BigInteger.valueOf(value).mod(BigInteger.ONE.shiftLeft(bits(type)));
    boolean negative = type.startsWith("s") && low.testBit(bits(type) - 1);
    return negative ? low.subtract(BigInteger.ONE.shiftLeft(bits(type))) : low;
  }

  private static BigInteger clamped(BigInteger value, String type) {
    int width = bits(type);
    boolean signed = type.startsWith("s");
    BigInteger high = BigInteger.ONE.shiftLeft(signed ? width - 1 : width).subtract(BigInteger.ONE);
    BigInteger low = signed ? high.not() : BigInteger.ZERO;
    return value.max(low).min(high);
  }

  private static long low(BigInteger value, String type) {
    return value.mod(BigInteger.ONE.shiftLeft(bits(type))).longValue();
  }

  @ParameterizedTest
  @CsvSource({
    "u64, u32",
    "s64, s32",
    "u32, u64",
    "s64, s16",
    "u16, u32",
    "s32, s16",
    "u32, u16",
    "s16, s64"
  })
  void betweenIntegers(String to, String from) {
    long[] plain =
        new OneInstruction("cvt." + to + "." + from + " %d, %a;", register(to), register(from))
            .run(INTEGERS);
    long[] saturated =
        new OneInstruction("cvt.sat." + to + "." + from + " %d, %a;", register(to), register(from))
            .run(INTEGERS);
    for (int i = 0; i < INTEGERS.length; i++) {
      BigInteger value = exact(INTEGERS[i], from);
      assertEquals(low(value, to), plain[i]);
      assertEquals(low(clamped(value, to), to), saturated[i]);
    }
  }

  @Test
  void bytesInWiderRegisters() {
    long[] signed = new OneInstruction("cvt.s32.s8 %d, %a;", "b32", "b32").run(INTEGERS);
    long[] unsigned = new OneInstruction("cvt.u16.u8 %d, %a;", "b16", "b16").run(INTEGERS);
    long[] saturated = new OneInstruction("cvt.sat.u8.s32 %d, %a;", "b32", "b32").run(INTEGERS);
    for (int i = 0; i < INTEGERS.length; i++) {
      assertEquals((byte) INTEGERS[i], (int) signed[i]);
      assertEquals(INTEGERS[i] & 255, unsigned[i]);
      assertEquals(Math.max(0, Math.min(255, (int) INTEGERS[i])), saturated[i]);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "s32, f32",
    "u32, f32",
    "s64, f32",
    "u64, f32",
    "s32, f64",
    "u64, f64",
    "s64, f64",
    "u16, f32"
  })
  void integersToFloats(String from, String to) {
    for (String mode : new String[] {"rn", "rz", "rm", "rp"}) {
      String code = "cvt." + mode + "." + to + "." + from + " %d, %a;";
      long[] got = new OneInstruction(code, register(to), register(from)).run(INTEGERS);
      for (int i = 0; i < INTEGERS.length; i++) {
        BigInteger value = exact(INTEGERS[i], from);
        double result =
            to.equals("f32") ? Float.intBitsToFloat((int) got[i]) : Double.longBitsToDouble(got[i]);
        if (mode.equals("rn")) {
          double expected = to.equals("f32") ? value.floatValue() : value.doubleValue();
          assertEquals(expected, result, code + " of " + value);
        } else {
          int order = new BigDecimal(value).compareTo(new BigDecimal(result));
          boolean down = mode.equals("rm") || (mode.equals("rz") && value.signum() > 0);
          assertTrue(down ? order >= 0 : order <= 0, code + " of " + value + " gave " + result);
          double nearest = to.equals("f32") ? value.floatValue() : value.doubleValue();
          double step = to.equals("f32") ? Math.ulp((float) nearest) : Math.ulp(nearest);
          assertTrue(Math.abs(result - nearest) <= step, code + " of " + value);
        }
      }
    }
  }

  private static double integral(double value, String mode) {
    return switch (mode) {
      case "rni" -> Math.rint(value);
      case "rmi" -> Math.floor(value);
      case "rpi" -> Math.ceil(value);
      default -> value < 0 ? Math.ceil(value) : Math.floor(value);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "s32, f32",
    "u32, f32",
    "s64, f32",
    "u64, f64",
    "s64, f64",
    "s32, f64",
    "u32, f64",
    "s16, f32"
  })
  void floatsToIntegers(String to, String from) {
    long[] in = reals(from);
    for (String mode : new String[] {"rni", "rzi", "rmi", "rpi"}) {
      String code = "cvt." + mode + "." + to + "." + from + " %d, %a;";
      long[] got = new OneInstruction(code, register(to), register(from)).run(in);
      for (int i = 0; i < in.length; i++) {
        double value = from.equals("f32") ? (float) REALS[i] : REALS[i];
        long expected;
        if (Double.isNaN(value)) {
          boolean wide = from.equals("f64") || bits(to) == 64;
          expected = wide ? 1L << (bits(to) - 1) : 0;
        } else if (Double.isInfinite(value)) {
          BigInteger huge = BigInteger.ONE.shiftLeft(70);
          expected = low(clamped(value > 0 ? huge : huge.negate(), to), to);
        } else {
          BigInteger whole = new BigDecimal(integral(value, mode)).toBigInteger();
          expected = low(clamped(whole, to), to);
        }
        assertEquals(expected, got[i], code + " of " + value);
      }
    }
  }

  private static long[] reals(String type) {
    if (type.equals("f64")) {
      return OneInstruction.bits(REALS);
    }
    float[] singles = new float[REALS.length];
    for (int i = 0; i < singles.length; i++) {
      singles[i] = (float) REALS[i];
    }
    return OneInstruction.bits(singles);
  }

  @Test
  void betweenFloats() {
    long[] narrow = new OneInstruction("cvt.rn.f32.f64 %d, %a;", "f32", "f64").run(reals("f64"));
    long[] down = new OneInstruction("cvt.rm.f32.f64 %d, %a;", "f32", "f64").run(reals("f64"));
    long[] wide = new OneInstruction("cvt.f64.f32 %d, %a;", "f64", "f32").run(reals("f32"));
    long[] whole = new OneInstruction("cvt.rmi.f32.f32 %d, %a;", "f32", "f32").run(reals("f32"));
    long[] half = new OneInstruction("cvt.rn.f16.f32 %d, %a;", "b16", "f32").run(reals("f32"));
    long[] back = new OneInstruction("cvt.f32.f16 %d, %a;", "f32", "b16").run(half);
    for (int i = 0; i < REALS.length; i++) {
      float single = (float) REALS[i];
      assertEquals(single, Float.intBitsToFloat((int) narrow[i]));
      assertEquals((double) single, Double.longBitsToDouble(wide[i]));
      assertEquals((float) Math.floor(single), Float.intBitsToFloat((int) whole[i]));
      if (Double.isFinite(REALS[i])) {
        float lower = Float.intBitsToFloat((int) down[i]);
        assertTrue(lower <= REALS[i] && Math.nextUp(lower) > REALS[i]);
      }
      if (!Float.isNaN(single)) {
        assertEquals(Float.floatToFloat16(single), (short) half[i]);
        assertEquals(Float.float16ToFloat((short) half[i]), Float.intBitsToFloat((int) back[i]));
      }
    }
  }

  @Test
  void doublesToHalvesRoundOnce() {
    double tie = 1 + 0x1p-11 + 0x1p-40;
    long[] got =
        new OneInstruction("cvt.rn.f16.f64 %d, %a;", "b16", "f64").run(OneInstruction.bits(tie));
    assertEquals(1 + 0x1p-10f, Float.float16ToFloat((short) got[0]));
  }
}
