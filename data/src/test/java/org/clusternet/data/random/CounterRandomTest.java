package org.clusternet.data.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

/** The generator's published numbers, its distributions, and that its keys matter. */
class CounterRandomTest {
  private static final double P = 1e-4;

  @Test
  void streamOfAStateIsSplitMix64() {
    // Rosetta Code, "Pseudo-random numbers/Splitmix64", seed 1234567.
    String[] published = {
      "6457827717110365317",
      "3203168211198807973",
      "9817491932198370423",
      "4593380528125082431",
      "16408922859458223821"
    };
    CounterRandom random = CounterRandom.ofState(1234567);
    for (String number : published) {
      assertEquals(number, Long.toUnsignedString(random.nextLong()));
    }
    for (long state : new long[] {0, -1, Long.MIN_VALUE, 42}) {
      SplittableRandom reference = new SplittableRandom(state);
      CounterRandom own = CounterRandom.ofState(state);
      for (int i = 0; i < 1000; i++) {
        assertEquals(reference.nextLong(), own.nextLong());
      }
    }
  }

  /**
   * Folds, batches, augmentation and resumed runs have depended on this stream since version 0.1.
   * The expected numbers were computed with the code before Commons RNG and again with integers in
   * Python.
   */
  @Test
  void uniformNumbersAreThoseBeforeCommonsRng() {
    CounterRandom folds = new CounterRandom(20260101, "folds", 3, -1);
    String[] longs = {
      "12293753800437360131", "15736139063170825696", "790189381359022077", "4560074022469071325"
    };
    int[] ints = {-1848529380, 2102653654, 30097702, -698288086};
    for (int i = 0; i < longs.length; i++) {
      assertEquals(longs[i], Long.toUnsignedString(folds.nextLong()));
      assertEquals(ints[i], folds.nextInt());
    }
    CounterRandom reals = new CounterRandom(-5, "", 7, 8, 9);
    for (double number :
        new double[] {
          0x1.cdd417b063a08p-3, 0.8792322600830969, 0x1.7ba0009b23b14p-1, 0.10544037629755554
        }) {
      assertEquals(number, reals.nextDouble());
    }
  }

  @Test
  void boundedNumbersAndShufflesAreThoseBeforeCommonsRng() {
    CounterRandom batches = new CounterRandom(-5, "batches", 7);
    int[] bounds = {1, 2, 3, 10, 256, 954, (1 << 30) + 1, Integer.MAX_VALUE};
    int[] bounded = {0, 1, 0, 5, 12, 650, 897749155, 949398561};
    for (int i = 0; i < bounds.length; i++) {
      assertEquals(bounded[i], batches.nextInt(bounds[i]));
    }
    // A quarter of the numbers is rejected at this bound; the last value shows how many were drawn.
    CounterRandom rejecting = new CounterRandom(1, "rejections");
    for (int number :
        new int[] {
          369677235, 302923523, 28039668, 442347349, 634222679, 230462278, 841207480, 385397681
        }) {
      assertEquals(number, rejecting.nextInt((1 << 30) + 1));
    }
    assertEquals(5133842493893424122L, rejecting.nextLong());
    int[] order = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    new CounterRandom(0, "shuffle").shuffle(order);
    assertArrayEquals(new int[] {6, 5, 4, 1, 3, 8, 9, 0, 10, 2, 11, 7}, order);
  }

  @Test
  void everyKeyGivesAnotherStream() {
    List<CounterRandom> streams = new ArrayList<>();
    for (long seed : new long[] {0, 1, -1, Long.MAX_VALUE}) {
      for (String purpose : new String[] {"", "a", "b", "ab", "ba", "folds"}) {
        streams.add(new CounterRandom(seed, purpose));
        for (long i : new long[] {0, 1, 2, -1}) {
          streams.add(new CounterRandom(seed, purpose, i));
          for (long j : new long[] {0, 1, 2}) {
            streams.add(new CounterRandom(seed, purpose, i, j));
          }
        }
      }
    }
    long distinct = streams.stream().mapToLong(CounterRandom::nextLong).distinct().count();
    assertEquals(streams.size(), distinct);
    assertEquals(
        new CounterRandom(3, "x", 1, 2).nextLong(), new CounterRandom(3, "x", 1, 2).nextLong());
    assertNotEquals(
        new CounterRandom(3, "x", 1, 2).nextLong(), new CounterRandom(3, "x", 2, 1).nextLong());
  }

  @Test
  void neighbouringKeysHaveNothingInCommon() {
    double seeds = 0;
    double indices = 0;
    int trials = 4000;
    for (int i = 0; i < trials; i++) {
      seeds += common(new CounterRandom(i, "p"), new CounterRandom(i + 1, "p"));
      indices += common(new CounterRandom(5, "p", i), new CounterRandom(5, "p", i + 1));
    }
    // The mean of 4000 binomials (64, 1/2) has a standard deviation of 4 / sqrt(4000) = 0.063.
    assertEquals(32, seeds / trials, 0.3);
    assertEquals(32, indices / trials, 0.3);
  }

  private static int common(CounterRandom a, CounterRandom b) {
    return 64 - Long.bitCount(a.nextLong() ^ b.nextLong());
  }

  @Test
  void boundedNumbersAreUniform() {
    for (int bound : new int[] {1, 2, 3, 10, 37, 256}) {
      CounterRandom random = new CounterRandom(11, "bounded", bound);
      long[] counts = new long[bound];
      double[] expected = new double[bound];
      for (int i = 0; i < 100_000; i++) {
        counts[random.nextInt(bound)]++;
      }
      Arrays.fill(expected, 100_000.0 / bound);
      assertTrue(bound == 1 || new ChiSquareTest().chiSquareTest(expected, counts) > P);
    }
    // A bound just above 2^30: taking a remainder would favour the lower numbers by a third.
    int bound = (1 << 30) + 1;
    CounterRandom random = new CounterRandom(12, "bounded");
    int low = 0;
    for (int i = 0; i < 100_000; i++) {
      int value = random.nextInt(bound);
      assertTrue(value >= 0 && value < bound);
      low += value < bound / 2 ? 1 : 0;
    }
    assertEquals(0.5, low / 100_000.0, 0.01);
    for (int wrong : new int[] {0, -37}) {
      IllegalArgumentException error =
          assertThrows(IllegalArgumentException.class, () -> random.nextInt(wrong));
      assertTrue(error.toString().endsWith(": " + wrong), error.toString());
    }
  }

  @Test
  void realNumbersFollowTheirDistributions() {
    CounterRandom random = new CounterRandom(13, "reals");
    double[] uniform = new double[20_000];
    double[] normal = new double[20_000];
    for (int i = 0; i < uniform.length; i++) {
      uniform[i] = random.nextDouble();
      normal[i] = random.nextGaussian();
    }
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    assertTrue(test.kolmogorovSmirnovTest(new UniformRealDistribution(0, 1), uniform, false) > P);
    assertTrue(test.kolmogorovSmirnovTest(new NormalDistribution(null, 0, 1), normal, false) > P);
    double correlation = 0;
    for (int i = 1; i < normal.length; i++) {
      correlation += normal[i] * normal[i - 1] / normal.length;
    }
    assertEquals(0, correlation, 5 / Math.sqrt(normal.length));
  }

  @Test
  void everyOrderIsEquallyLikely() {
    Map<String, Long> orders = new HashMap<>();
    for (int trial = 0; trial < 24_000; trial++) {
      int[] values = {0, 1, 2, 3};
      new CounterRandom(17, "shuffle", trial).shuffle(values);
      orders.merge(Arrays.toString(values), 1L, Long::sum);
    }
    assertEquals(24, orders.size());
    double[] expected = new double[24];
    Arrays.fill(expected, 1000);
    long[] counts = orders.values().stream().mapToLong(Long::longValue).toArray();
    assertTrue(new ChiSquareTest().chiSquareTest(expected, counts) > P);
  }
}
