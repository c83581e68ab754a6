package org.clusternet.data.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.clusternet.data.random.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawRangeTest {
  private static final int DRAWS = 6000;

  private static double[] draws(DrawRange range) {
    CounterRandom random = new CounterRandom(1, "range");
    return DoubleStream.generate(() -> range.draw(random)).limit(DRAWS).toArray();
  }

  /** A uniform number of width w has variance w^2 / 12 and fourth central moment w^4 / 80. */
  private static void assertUniform(double low, double high, double[] values) {
    double width = high - low;
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
    assertEquals(
        (low + high) / 2, mean, 4 * width / Math.sqrt(12.0 * values.length), "mean of logarithms");
    double spread = width * width * Math.sqrt((1 / 80.0 - 1 / 144.0) / values.length);
    assertEquals(width * width / 12, variance, 4 * spread, "variance of logarithms");
    assertTrue(Arrays.stream(values).allMatch(v -> v >= low - 1e-12 && v <= high + 1e-12));
  }

  @Test
  void logarithmsOfDrawsAreUniform() {
    double[] logarithms =
        Arrays.stream(draws(DrawRange.parse("counts", "300..100000"))).map(Math::log).toArray();
    assertUniform(Math.log(300), Math.log(100_000), logarithms);
  }

  /** The share of zeros scatters by sqrt(2/9 / n). */
  @Test
  void rangeFromZeroGivesZeroOnceInThreeAndElseTwoDecades() {
    double[] drawn = draws(DrawRange.parse("psf", "0..40"));
    double[] positive = Arrays.stream(drawn).filter(v -> v != 0).toArray();
    double zeros = 1 - positive.length / (double) drawn.length;
    assertEquals(1 / 3.0, zeros, 4 * Math.sqrt(2 / 9.0 / DRAWS));
    assertUniform(Math.log(0.4), Math.log(40), Arrays.stream(positive).map(Math::log).toArray());
  }

  @Test
  void fixedNumberTakesNothingFromTheGenerator() {
    CounterRandom used = new CounterRandom(1, "range");
    assertEquals(5, DrawRange.parse("psf", "5").draw(used));
    assertEquals(new CounterRandom(1, "range").nextLong(), used.nextLong());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "many", "5..", "..5", "10..5", "-1..5", "-1", "NaN", "1..Infinity"})
  void refusesWhatIsNoRange(String text) {
    assertEquals(
        "counts="
            + text
            + "; give a number of at least 0, or a range such as 300..100000, the lower end first",
        assertThrows(IllegalArgumentException.class, () -> DrawRange.parse("counts", text))
            .getMessage());
  }
}
