package org.clusternet.kernels.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.clusternet.kernels.Arguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels in the shapes that real ones take, against plain Java. */
class PatternTest {
  private final TestDevice device = TestDevice.of("patterns");

  private final Random random = new Random(7);

  private static int nested(int x) {
    int v = x;
    int r = 0;
    if (v % 2 == 0) {
      if (v % 3 == 0) {
        for (int k = 0; k < v % 7; k++) {
          r += k * v;
          if (r > 100) {
            break;
          }
        }
      } else {
        r = v / 3;
      }
    } else if (v > 10) {
      r = -v;
    } else {
      while (v > 0) {
        v -= 3;
        if (v == 4) {
          continue;
        }
        r += v;
      }
    }
    return r;
  }

  @Test
  void nestedBranchesAndLoops() {
    int[] x = IntStream.range(0, 500).map(i -> random.nextInt(-20, 60)).toArray();
    long y = device.empty(4 * 500);
    LaunchReport report =
        device.run(
            "nested_branches", 4, 160, new Arguments().address(device.ints(x)).address(y).i32(500));
    assertArrayEquals(Arrays.stream(x).map(PatternTest::nested).toArray(), device.ints(y, 500));
    assertTrue(report.divergentBranches() > 0);
    assertTrue(report.conditionalBranches() > report.divergentBranches());
  }

  @Test
  void branchesThatAllLanesAgreeOnDoNotDiverge() {
    int[] x = new int[64];
    Arrays.fill(x, 0, 32, 6);
    Arrays.fill(x, 32, 64, 9);
    long y = device.empty(256);
    LaunchReport report =
        device.run(
            "nested_branches", 1, 64, new Arguments().address(device.ints(x)).address(y).i32(64));
    assertEquals(0, report.divergentBranches());
    assertArrayEquals(Arrays.stream(x).map(PatternTest::nested).toArray(), device.ints(y, 64));
  }

  @Test
  void switches() {
    int[] x = IntStream.range(0, 32).map(i -> i % 9).toArray();
    long y = device.empty(128);
    device.run("switch_cases", 1, 32, new Arguments().address(device.ints(x)).address(y));
    int[] expected = new int[32];
    for (int i = 0; i < 32; i++) {
      int v = x[i];
      expected[i] =
          switch (v) {
            case 0 -> 7;
            case 1 -> x[i ^ 1] * 3;
            case 2 -> v - 9;
            case 3 -> 40;
            case 4 -> 64;
            case 5 -> -1;
            case 6 -> 192;
            default -> 1000 + v;
          };
    }
    assertArrayEquals(expected, device.ints(y, 32));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 13, 31, 32})
  void earlyReturnBeforeAShuffle(int n) {
    int[] x = IntStream.range(0, 32).map(i -> i * i + 1).toArray();
    long y = device.empty(4);
    device.run("early_return", 1, 32, new Arguments().address(device.ints(x)).address(y).i32(n));
    assertEquals(Arrays.stream(x, 0, n).sum(), device.ints(y, 1)[0]);
  }

  @Test
  void shufflesOfAllModes() {
    int[] x = IntStream.range(0, 32).map(i -> 1000 + i).toArray();
    long y = device.empty(4 * 256);
    device.run("shuffles", 1, 32, new Arguments().address(device.ints(x)).address(y).i32(8));
    int[] got = device.ints(y, 256);
    for (int lane = 0; lane < 32; lane++) {
      int segment = lane / 8 * 8;
      int[] from = {
        (lane * 5 + 3) % 32,
        lane >= 3 ? lane - 3 : lane,
        lane + 5 < 32 ? lane + 5 : lane,
        lane ^ 9,
        segment + 5,
        lane - segment >= 3 ? lane - 3 : lane,
        lane - segment + 3 < 8 ? lane + 3 : lane,
        lane ^ 3
      };
      for (int mode = 0; mode < from.length; mode++) {
        assertEquals(x[from[mode]], got[32 * mode + lane], "mode " + mode + ", lane " + lane);
      }
    }
  }

  @Test
  void halvesOfAWarpApartAndTogether() {
    int[] x = IntStream.range(0, 32).map(i -> 3 * i).toArray();
    long y = device.empty(128);
    device.run("halves", 1, 32, new Arguments().address(device.ints(x)).address(y));
    int[] v = IntStream.range(0, 32).map(i -> i < 12 ? x[i] + x[11 - i] : x[i] - x[12]).toArray();
    assertArrayEquals(
        IntStream.range(0, 32).map(i -> v[i] + v[i ^ 1]).toArray(), device.ints(y, 32));
  }

  @Test
  void warpBarrierOnTwoPaths() {
    long y = device.empty(128);
    device.run("syncwarp_on_two_paths", 1, 32, new Arguments().address(y));
    assertArrayEquals(
        IntStream.range(0, 32).map(i -> (i ^ 1) * (i ^ 1)).toArray(), device.ints(y, 32));
  }

  @Test
  void votesAndMatches() {
    int[] x = IntStream.range(0, 32).toArray();
    long y = device.empty(4 * 192);
    device.run("votes", 1, 32, new Arguments().address(device.ints(x)).address(y));
    int[] got = device.ints(y, 192);
    for (int lane = 0; lane < 32; lane++) {
      int third = lane % 3;
      int same = IntStream.range(0, 32).filter(i -> i % 3 == third).map(i -> 1 << i).sum();
      assertEquals(0xfffffff0, got[lane]);
      assertEquals(1, got[32 + lane]);
      assertEquals(1, got[64 + lane]);
      assertEquals(same, got[96 + lane]);
      assertEquals(-1, got[128 + lane]);
      assertEquals(1, got[160 + lane]);
    }
  }

  @Test
  void barriersThatReduce() {
    int[] x = IntStream.range(0, 96).toArray();
    long y = device.empty(4 * 96);
    LaunchReport report =
        device.run("block_votes", 1, 96, new Arguments().address(device.ints(x)).address(y));
    int[] expected = new int[96];
    Arrays.fill(expected, 92 * 4 + 2);
    assertArrayEquals(expected, device.ints(y, 96));
    assertEquals(3, report.barriers());
  }

  @ParameterizedTest
  @CsvSource({"1, 32", "3, 64", "5, 1024", "2, 96"})
  void blockReduction(int blocks, int threads) {
    double[] x = random.doubles(5000).map(v -> Math.rint(v * 1000)).toArray();
    long y = device.empty(8L * blocks);
    device.run(
        "block_sum",
        blocks,
        threads,
        new Arguments().address(device.doubles(x)).address(y).i32(5000));
    assertEquals(Arrays.stream(x).sum(), Arrays.stream(device.doubles(y, blocks)).sum());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 100, 128})
  void exitedThreadsAreNotWaitedFor(int n) {
    long y = device.empty(4L * n);
    device.run("exit_before_barrier", 1, 128, new Arguments().address(y).i32(n));
    assertArrayEquals(IntStream.range(0, n).map(i -> n - 1 - i).toArray(), device.ints(y, n));
  }

  private static double polynomial(double x, int degree) {
    double sum = 0;
    for (int k = degree; k >= 0; k--) {
      sum = Math.fma(sum, x, k);
    }
    return sum;
  }

  @Test
  void functionsAreCalled() {
    double[] x = random.doubles(40).toArray();
    long y = device.empty(320);
    device.run("calls", 1, 40, new Arguments().address(device.doubles(x)).address(y));
    double[] got = device.doubles(y, 40);
    for (int i = 0; i < 40; i++) {
      double v = i % 3 != 0 ? polynomial(x[i], i % 5) : x[i];
      assertEquals(v + polynomial(v, 2), got[i]);
    }
  }

  @Test
  void mathematicalFunctionsOfTheToolkit() {
    double[] x = new double[64];
    for (int i = 0; i < x.length; i++) {
      x[i] = (i % 2 == 0 ? 1 : -1) * Math.pow(10, i / 4.0 - 4);
    }
    long y = device.empty(8 * 64);
    long z = device.empty(4 * 256);
    device.run(
        "mathematics", 1, 64, new Arguments().address(device.doubles(x)).address(y).address(z));
    double[] got = device.doubles(y, 64);
    float[] single = device.floats(z, 256);
    for (int i = 0; i < 64; i++) {
      double v = x[i];
      double expected =
          Math.sin(v)
              + Math.exp(-Math.abs(v) * 1e-6)
              + Math.log(Math.abs(v) + 1)
              + Math.sqrt(Math.abs(v));
      assertEquals(expected, got[i], 4e-16 * (4 + Math.abs(expected)));
      double f = (float) v;
      double decay = Math.exp(-((float) Math.abs(f) * 1e-6f));
      assertEquals(Math.sin(f), single[4 * i], 2.5e-7);
      assertEquals(decay, single[4 * i + 1], 4e-7 * decay + Float.MIN_VALUE);
      assertEquals(Math.log(Math.abs(f) + 1), single[4 * i + 2], 3e-7 + 3e-7 * single[4 * i + 2]);
      double power = Math.pow(Math.abs(f), 0.3) + Math.tanh(f * 0.1);
      assertEquals(power, single[4 * i + 3], 2e-6 * Math.max(1, Math.abs(power)));
    }
  }

  @Test
  void integersOf64Bits() {
    long[] x = random.longs(60).toArray();
    for (int i = 0; i < 20; i++) {
      x[3 * i] >>= i * 3;
      x[3 * i] |= 1;
    }
    long y = device.empty(8 * 8 * 60);
    device.run("wide_integers", 1, 64, new Arguments().address(device.longs(x)).address(y).i32(60));
    long[] got = device.longs(y, 8 * 60);
    for (int i = 0; i < 60; i++) {
      long a = x[i];
      long b = x[(i + 1) % 60];
      BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
      long[] expected = {
        a / b,
        a % b,
        Long.divideUnsigned(a, b),
        Math.multiplyHigh(a, b),
        Math.unsignedMultiplyHigh(a, b),
        product.shiftRight(37).longValue(),
        a < b ? Long.bitCount(a) : Long.numberOfLeadingZeros(b),
        (a >> (b & 63)) ^ (b << (a & 63))
      };
      assertArrayEquals(expected, Arrays.copyOfRange(got, 8 * i, 8 * i + 8), "i=" + i);
    }
  }
}
