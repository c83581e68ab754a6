package org.clusternet.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Vector instructions and plain loops give the same bits, tails and any starting point included.
 */
class SimdTest {
  private static final int[] LENGTHS = {1, 7, 15, 16, 17, 64, 1003};
  private static final Simd.AdamCoefficients THIRD_STEP =
      Simd.AdamCoefficients.of(
          0.9, 0.999, 1e-8, 1e-3, 1 - Math.pow(0.9, 3), 1 - Math.pow(0.999, 3));

  private static MemorySegment[] buffers(Arena arena, int count, int length) {
    Random random = new Random(length);
    MemorySegment[] buffers = new MemorySegment[count];
    for (int k = 0; k < count; k++) {
      buffers[k] = arena.allocate(4L * length, 64);
      for (int i = 0; i < length; i++) {
        double scale = Math.pow(10, random.nextInt(17) - 12);
        double value = random.nextGaussian() * scale;
        boolean square = k == 3;
        buffers[k].setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (square ? value * value : value));
      }
    }
    return buffers;
  }

  private static byte[] bytes(MemorySegment memory) {
    return memory.toArray(ValueLayout.JAVA_BYTE);
  }

  @Test
  void theTestsRunWithVectors() {
    assertInstanceOf(VectorSimd.class, Simd.best());
  }

  @Test
  void adamGivesTheSameBits() {
    for (int length : LENGTHS) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment[] a = buffers(arena, 4, length);
        MemorySegment[] b = buffers(arena, 4, length);
        int from = length > 10 ? 3 : 0;
        new ScalarSimd().adam(a[0], a[1], a[2], a[3], from, length, THIRD_STEP);
        new VectorSimd().adam(b[0], b[1], b[2], b[3], from, length, THIRD_STEP);
        for (int k = 0; k < 4; k++) {
          assertArrayEquals(bytes(a[k]), bytes(b[k]), "buffer " + k + ", length=" + length);
        }
      }
    }
  }

  @Test
  void addGivesTheSameBits() {
    for (int length : LENGTHS) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment[] a = buffers(arena, 2, length);
        MemorySegment[] b = buffers(arena, 2, length);
        int from = length > 10 ? 3 : 0;
        new ScalarSimd().add(a[0], a[1], from, length);
        new VectorSimd().add(b[0], b[1], from, length);
        assertArrayEquals(bytes(a[0]), bytes(b[0]), "length=" + length);
      }
    }
  }
}
