package org.clusternet.kernels.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.clusternet.kernels.Arguments;
import org.clusternet.kernels.Dim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How kernels use the memories: what they compute, and the traffic that is counted. */
class MemoryPatternTest {
  private final TestDevice device = TestDevice.of("patterns");

  private final Random random = new Random(7);

  @ParameterizedTest
  @ValueSource(strings = {"transpose_conflicts", "transpose_padded"})
  void transposes(String entry) {
    int n = 96;
    float[] x = new float[n * n];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat();
    }
    long y = device.empty(4L * n * n);
    LaunchReport report =
        device.run(
            entry,
            Dim.of(3, 3),
            Dim.of(32, 4),
            0,
            new Arguments().address(device.floats(x)).address(y).i32(n));
    float[] got = device.floats(y, n * n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        assertEquals(x[i * n + j], got[j * n + i]);
      }
    }
    long reads = 9 * 32;
    assertEquals(2 * reads, report.sharedRequests());
    assertEquals(entry.endsWith("padded") ? 0 : 31 * reads, report.bankConflicts());
    assertEquals(9, report.barriers());
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 4", "1, 1, 5", "2, 0, 8", "3, 0, 12", "4, 0, 16", "8, 0, 32", "16, 3, 32"})
  void sectorsOfAWarp(int stride, int shift, int sectors) {
    long x = device.floats(new float[64 * 16 + 4]);
    long y = device.empty(256);
    LaunchReport report =
        device.run(
            "strided_copy", 2, 32, new Arguments().address(x).address(y).i32(stride).i32(shift));
    assertEquals(new LaunchReport.Traffic(2, 2L * sectors, 256), report.globalLoads());
    assertEquals(new LaunchReport.Traffic(2, 8, 256), report.globalStores());
  }

  @Test
  void vectorsMoveSixteenBytesALane() {
    float[] x = new float[4 * 48];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    long y = device.empty(16 * 48);
    LaunchReport report =
        device.run("vector_copy", 1, 48, new Arguments().address(device.floats(x)).address(y));
    assertArrayEquals(x, device.floats(y, x.length));
    assertEquals(new LaunchReport.Traffic(2, 24, 768), report.globalLoads());
    assertEquals(new LaunchReport.Traffic(2, 24, 768), report.globalStores());
  }

  @Test
  void histogram() {
    int[] x = random.ints(3000, 0, 1000).toArray();
    int bins = 37;
    int[] expected = new int[bins];
    for (int each : x) {
      expected[each % bins]++;
    }
    long y = device.ints(new int[bins]);
    device.run(
        "histogram",
        Dim.of(4),
        Dim.of(128),
        4 * bins,
        new Arguments().address(device.ints(x)).address(y).i32(3000).i32(bins));
    assertArrayEquals(expected, device.ints(y, bins));
  }

  @Test
  void atomicsOfEveryKind() {
    long s = device.ints(0, 0, 0, -1, 0, 0);
    long u = device.ints(0, 0, 0);
    long l = device.longs(0, 0, 5);
    long f = device.floats(0);
    device.run("atomics", 1, 45, new Arguments().address(s).address(u).address(l).address(f));
    int xor = IntStream.range(0, 45).reduce(0, (a, b) -> a ^ b);
    assertArrayEquals(new int[] {44, -44, -1, ~0x7f, xor, 77}, device.ints(s, 6));
    int most =
        IntStream.range(0, 45)
            .map(t -> t * 0x80000001)
            .reduce(0, (a, b) -> Integer.compareUnsigned(a, b) > 0 ? a : b);
    assertArrayEquals(new int[] {45 % 10, 5, most}, device.ints(u, 3));
    assertArrayEquals(
        new long[] {45 * 0x100000001L, 44L << 33, 5 + 44 * 45 / 2}, device.longs(l, 3));
    assertEquals(22.5f, device.floats(f, 1)[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void constantsAndLocalArrays(int rotate) {
    float[] x = new float[40];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextInt(100);
    }
    long y = device.empty(160);
    LaunchReport report =
        device.run(
            "constants_and_locals",
            1,
            40,
            new Arguments().address(device.floats(x)).address(y).i32(40).i32(rotate));
    float[] got = device.floats(y, 40);
    int[] weights = {1, 4, 6, 4, 1};
    for (int i = 0; i < 40; i++) {
      float sum = 0;
      for (int k = 0; k < 5; k++) {
        sum += weights[k] * x[Math.clamp(i + k - 2, 0, 39)];
      }
      assertEquals(sum / 16 + 10 * ((i & 3) + 1), got[i]);
    }
    assertTrue(report.localRequests() > 0);
  }
}
