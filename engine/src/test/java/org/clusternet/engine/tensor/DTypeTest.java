package org.clusternet.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** bfloat16 over all of its 65536 bit patterns, and the rounding of what lies between them. */
class DTypeTest {
  private static final int PATTERNS = 1 << 16;

  /** The value of a pattern from the definition: sign, 8 exponent bits, 7 fraction bits. */
  private static double defined(int pattern) {
    double sign = (pattern & 0x8000) == 0 ? 1 : -1;
    int exponent = (pattern >> 7) & 0xFF;
    int fraction = pattern & 0x7F;
    if (exponent == 0xFF) {
      return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return exponent == 0
        ? sign * fraction * Math.pow(2, -133)
        : sign * (1 + fraction / 128.0) * Math.pow(2, exponent - 127);
  }

  private static int stored(double value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(2, 2);
      DType.BF16.set(memory, 0, value);
      return memory.get(ValueLayout.JAVA_SHORT, 0) & 0xFFFF;
    }
  }

  @Test
  void everyPatternReadsAsDefined() {
    for (int pattern = 0; pattern < PATTERNS; pattern++) {
      assertEquals(defined(pattern), DType.bf16ToFloat((short) pattern), "pattern " + pattern);
    }
  }

  @Test
  void everyPatternSurvivesTheRoundTrip() {
    for (int pattern = 0; pattern < PATTERNS; pattern++) {
      float value = DType.bf16ToFloat((short) pattern);
      int back = DType.floatToBf16(value) & 0xFFFF;
      if (Float.isNaN(value)) {
        assertEquals(pattern | 0x40, back, "NaN stays NaN of the same sign and becomes quiet");
      } else {
        assertEquals(pattern, back);
        assertEquals(pattern, stored(value));
      }
    }
  }

  @Test
  void halfwayGoesToTheEvenNeighbourAndAnythingBeyondToTheNearer() {
    for (int pattern = 0; pattern < 0x7F7F; pattern++) {
      double middle = (defined(pattern) + defined(pattern + 1)) / 2;
      int even = pattern + (pattern & 1);
      for (int sign : new int[] {0, 0x8000}) {
        double signed = sign == 0 ? middle : -middle;
        assertEquals(even | sign, DType.floatToBf16((float) signed) & 0xFFFF);
        assertEquals(even | sign, stored(signed));
        double less = sign == 0 ? Math.nextDown(signed) : Math.nextUp(signed);
        double more = sign == 0 ? Math.nextUp(signed) : Math.nextDown(signed);
        assertEquals(pattern | sign, stored(less), "just below halfway, pattern " + pattern);
        assertEquals((pattern + 1) | sign, stored(more), "just above halfway");
      }
    }
  }

  @Test
  void theLargestRoundToInfinity() {
    double largest = defined(0x7F7F);
    double halfUnit = Math.pow(2, 127 - 8);
    assertEquals(0x7F7F, stored(Math.nextDown(largest + halfUnit)));
    assertEquals(0x7F80, stored(largest + halfUnit));
    assertEquals(0x7F80, stored(Float.MAX_VALUE));
    assertEquals(0xFF80, stored(-1e300));
  }

  @Test
  void anyNumberGoesToANearestPattern() {
    Random random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      double value = random.nextGaussian() * Math.pow(2, random.nextInt(240) - 120);
      int pattern = stored(value);
      double error = Math.abs(value - defined(pattern));
      assertTrue(error <= Math.abs(value - defined(pattern + 1)), "of " + value);
      assertTrue(error <= Math.abs(value - defined(pattern - 1)), "of " + value);
    }
  }

  @Test
  void integersAreTruncatedAndBytesUnsigned() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(8, 8);
      DType.I32.set(memory, 1, -2.9);
      assertEquals(-2, DType.I32.get(memory, 1));
      DType.U8.set(memory, 3, 255);
      assertEquals(255, DType.U8.get(memory, 3));
    }
  }
}
