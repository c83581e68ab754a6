package org.clusternet.nn.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeyedRandomTest {
  private static final int COUNT = 1_000_001;

  private static double[] normal(long seed, String purpose, String name, int count) {
    double[] values = new double[count];
    new KeyedRandom(seed, purpose, name).fillNormal(values, 1);
    return values;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double moment(double[] values, int power) {
    return Arrays.stream(values).map(x -> StrictMath.pow(x, power)).average().orElseThrow();
  }

  @Test
  void sameKeyGivesSameBitsWhateverTheCount() {
    double[] many = normal(7, "initial", "conv1.weight", COUNT);
    assertArrayEquals(many, normal(7, "initial", "conv1.weight", COUNT));
    for (int count : new int[] {0, 1, 2, 3, 4, 5, 16_385}) {
      assertArrayEquals(
          Arrays.copyOf(many, count), normal(7, "initial", "conv1.weight", count), "of " + count);
    }
  }

  @Test
  void everyPartOfTheKeyGivesAnIndependentStream() {
    double[] base = normal(7, "initial", "conv1.weight", COUNT);
    double[][] others = {
      normal(8, "initial", "conv1.weight", COUNT),
      normal(7 + (1L << 32), "initial", "conv1.weight", COUNT),
      normal(7, "dropout", "conv1.weight", COUNT),
      normal(7, "initial", "conv2.weight", COUNT),
      normal(7, "initia", "lconv1.weight", COUNT)
    };
    for (double[] other : others) {
      double product = 0;
      for (int i = 0; i < COUNT; i++) {
        product += base[i] * other[i];
      }
      // The correlation of independent numbers is normal with deviation 1/sqrt(COUNT) = 1e-3.
      assertEquals(0, product / COUNT, 5e-3);
    }
  }

  @Test
  void normalNumbersHaveTheMomentsOfTheNormalDistribution() {
    double[] z = normal(1, "initial", "a", COUNT);
    // Five standard errors: sqrt(1, 2, 15, 96 / COUNT).
    assertEquals(0, mean(z), 5e-3);
    assertEquals(1, moment(z, 2), 5 * 1.42e-3);
    assertEquals(0, moment(z, 3), 5 * 3.9e-3);
    assertEquals(3, moment(z, 4), 5 * 9.8e-3);
    double neighbours = 0;
    for (int i = 1; i < COUNT; i++) {
      neighbours += z[i] * z[i - 1];
    }
    assertEquals(0, neighbours / COUNT, 5e-3, "correlation of neighbours");
  }

  @Test
  void standardDeviationScalesTheNumbers() {
    double[] unit = normal(1, "initial", "a", 100);
    double[] scaled = new double[100];
    new KeyedRandom(1, "initial", "a").fillNormal(scaled, 0.25);
    for (int i = 0; i < 100; i++) {
      assertEquals(unit[i] * 0.25, scaled[i]);
    }
  }

  @Test
  void uniformNumbersFillTheInterval() {
    double[] values = new double[COUNT];
    new KeyedRandom(3, "initial", "fc.bias").fillUniform(values, -0.5, 1.5);
    int[] bins = new int[100];
    for (double x : values) {
      assertTrue(x > -0.5 && x < 1.5, "value=" + x);
      bins[(int) ((x + 0.5) / 2 * 100)]++;
    }
    double chiSquare = 0;
    double expected = COUNT / 100.0;
    for (int bin : bins) {
      chiSquare += (bin - expected) * (bin - expected) / expected;
    }
    // 99 degrees of freedom: 99 +- 14.1.
    assertTrue(Math.abs(chiSquare - 99) < 5 * 14.1, "chi square=" + chiSquare);
  }
}
