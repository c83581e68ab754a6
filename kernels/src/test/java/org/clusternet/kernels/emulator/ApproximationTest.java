package org.clusternet.kernels.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Approximate instructions err within the manual's bounds, and do err. */
class ApproximationTest {
  private static final int COUNT = 2000;

  private static Arguments row(
      String name, double low, double high, DoubleUnaryOperator f, DoubleUnaryOperator bound) {
    return Arguments.of(name, low, high, f, bound);
  }

  static Stream<Arguments> functions() {
    double ulp = 0x1p-23;
    return Stream.of(
        row("ex2.approx", -100, 100, x -> Math.pow(2, x), x -> 0x1p-22 * Math.pow(2, x)),
        row("lg2.approx", 0.5, 2, x -> Math.log(x) / Math.log(2), x -> 0x1p-22),
        row(
            "lg2.approx",
            2.5,
            1e30,
            x -> Math.log(x) / Math.log(2),
            x -> 0x1p-22 * Math.log(x) / Math.log(2)),
        row("rcp.approx", 0.01, 1000, x -> 1 / x, x -> ulp / x),
        row(
            "rsqrt.approx",
            1e-20,
            1e20,
            x -> 1 / Math.sqrt(x),
            x -> Math.pow(2, -22.9) / Math.sqrt(x)),
        row("sqrt.approx", 1e-20, 1e20, Math::sqrt, x -> ulp * Math.sqrt(x)),
        row("sin.approx", -6.2, 6.2, Math::sin, x -> Math.pow(2, -20.5)),
        row("cos.approx", -6.2, 6.2, Math::cos, x -> Math.pow(2, -20.5)),
        row("tanh.approx", -4, 4, Math::tanh, x -> 0x1p-11 * Math.abs(Math.tanh(x))));
  }

  private static float[] between(double low, double high) {
    Random random = new Random(11);
    float[] x = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      x[i] = (float) random.nextDouble(low, high);
    }
    return x;
  }

  private static long[] run(Emulator.Settings settings, String name, float[] x) {
    return new OneInstruction(new Emulator(settings), name + ".f32 %d, %a;", "f32", "f32")
        .run(OneInstruction.bits(x));
  }

  @ParameterizedTest(name = "{0} from {1} to {2}")
  @MethodSource("functions")
  void approximationsErrWithinTheirBound(
      String name, double low, double high, DoubleUnaryOperator f, DoubleUnaryOperator bound) {
    float[] x = between(low, high);
    long[] got = run(Emulator.Settings.standard(), name, x);
    double worst = 0;
    for (int i = 0; i < COUNT; i++) {
      double error = Math.abs(Float.intBitsToFloat((int) got[i]) - f.applyAsDouble(x[i]));
      worst = Math.max(worst, error / bound.applyAsDouble(x[i]));
    }
    assertTrue(worst <= 1, name + " errs by " + worst + " of the bound");
    assertTrue(worst > 0.5, name + " errs by no more than " + worst + " of the bound");
    assertArrayEquals(got, run(Emulator.Settings.standard(), name, x));
    assertFalse(
        Arrays.equals(got, run(Emulator.Settings.standard().withApproximationSeed(9), name, x)));
  }

  @Test
  void withoutASeedApproximationsAreRounded() {
    float[] x = between(-3, 3);
    long[] got =
        run(new Emulator.Settings(Optional.empty(), Optional.empty(), 1000), "ex2.approx.ftz", x);
    for (int i = 0; i < COUNT; i++) {
      assertEquals((float) Math.pow(2, x[i]), Float.intBitsToFloat((int) got[i]));
    }
  }

  @Test
  void specialValues() {
    float inf = Float.POSITIVE_INFINITY;
    float[][] rows = {
      {0, 1}, {inf, inf}, {-inf, 0}, {Float.MIN_VALUE, 1}, {200, inf}, {-200, 0}, {3, 8}
    };
    for (float[] each : rows) {
      assertEquals(each[1], value("ex2.approx", each[0]));
    }
    assertEquals(-inf, value("lg2.approx", 0));
    assertTrue(Float.isNaN(value("lg2.approx", -1)));
    assertEquals(0, value("lg2.approx", 1));
    assertEquals(-inf, value("rcp.approx", -0f));
    assertEquals(0, value("rcp.approx", inf));
    assertEquals(inf, value("rsqrt.approx", 0));
    assertTrue(Float.isNaN(value("sqrt.approx", -2)));
    assertEquals(inf, value("rcp.approx.ftz", Float.MIN_VALUE));
    assertTrue(Float.isNaN(value("sin.approx", inf)));
  }

  private static float value(String name, float x) {
    return Float.intBitsToFloat((int) run(Emulator.Settings.standard(), name, new float[] {x})[0]);
  }

  @Test
  void quotients() {
    float[] a = between(-50, 50);
    float[] b = between(0.01, 1000);
    for (String name : new String[] {"div.approx", "div.full"}) {
      long[] got =
          new OneInstruction(name + ".f32 %d, %a, %b;", "f32", "f32", "f32")
              .run(OneInstruction.bits(a), OneInstruction.bits(b));
      double worst = 0;
      for (int i = 0; i < COUNT; i++) {
        double exact = (double) a[i] / b[i];
        double error = Math.abs(Float.intBitsToFloat((int) got[i]) - exact);
        worst = Math.max(worst, error / Math.ulp((float) exact));
      }
      assertTrue(worst <= 2 && worst > 1, name + " errs by " + worst + " ulp");
    }
    long[] huge =
        new OneInstruction("div.approx.f32 %d, %a, %b;", "f32", "f32", "f32")
            .run(OneInstruction.bits(1e38f), OneInstruction.bits(0x1p127f));
    assertEquals(0, huge[0]);
  }
}
