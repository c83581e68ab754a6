package org.clusternet.nn.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares with the library's logarithm, sine and cosine at interval ends and at random points. */
class BoxMullerTest {
  private static final double UNITS_IN_THE_LAST_PLACE = 4;

  private static int[] words() {
    int[] edges = {
      0,
      1,
      2,
      -1,
      -2,
      0x0FFFFFFF,
      0x10000000,
      0x1FFFFFFF,
      0x20000000,
      0x3FFFFFFF,
      0x40000000,
      0x5FFFFFFF,
      0x60000000,
      0x7FFFFFFF,
      0x80000000,
      0x9FFFFFFF,
      0xA0000000,
      0xB504F333,
      0xB504F334,
      0xBFFFFFFF,
      0xC0000000,
      0xDFFFFFFF,
      0xE0000000
    };
    return IntStream.concat(IntStream.of(edges), new Random(1).ints(10_000)).toArray();
  }

  private static double unit(int word) {
    return ((word & 0xFFFFFFFFL) + 0.5) * 0x1p-32;
  }

  @Test
  void radiusAgreesWithTheLibrarysLogarithm() {
    double[] pair = new double[2];
    for (int word : words()) {
      BoxMuller.pair(word, 0x12345678, 3, pair, 0);
      double expected = 3 * Math.sqrt(-2 * StrictMath.log(unit(word)));
      double bound = UNITS_IN_THE_LAST_PLACE * Math.ulp(expected);
      assertEquals(expected, Math.hypot(pair[0], pair[1]), bound, () -> "word=" + word);
    }
  }

  @Test
  void componentsAgreeWithTheLibrarysSineAndCosine() {
    double[] pair = new double[3];
    double bound = UNITS_IN_THE_LAST_PLACE * Math.ulp(2 * Math.PI);
    for (int word : words()) {
      BoxMuller.pair(0x9B4597E3, word, 1, pair, 1);
      double radius = Math.hypot(pair[1], pair[2]);
      double angle = 2 * Math.PI * unit(word);
      assertEquals(radius * StrictMath.cos(angle), pair[1], bound, () -> "word=" + word);
      assertEquals(radius * StrictMath.sin(angle), pair[2], bound, () -> "word=" + word);
    }
  }
}
