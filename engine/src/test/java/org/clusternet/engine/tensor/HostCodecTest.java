package org.clusternet.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.clusternet.engine.testing.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Order in memory: channels-last for rank 4, row-major for every other rank. */
class HostCodecTest {

  private static double[] counting(int n) {
    return IntStream.range(0, n).asDoubleStream().toArray();
  }

  @ParameterizedTest
  @EnumSource
  void rankFourIsChannelsLastAndComesBack(DType dtype) {
    TensorType type = TensorType.of(dtype, 2, 3, 4, 5);
    double[] values = counting(120);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(type.bytes(), 8);
      HostCodec.encode(type, values, memory);
      for (int n = 0; n < 2; n++) {
        for (int c = 0; c < 3; c++) {
          for (int h = 0; h < 4; h++) {
            for (int w = 0; w < 5; w++) {
              double logical = ((n * 3 + c) * 4 + h) * 5 + w;
              assertEquals(logical, dtype.get(memory, ((n * 4 + h) * 5 + w) * 3 + c));
            }
          }
        }
      }
      assertArrayEquals(values, HostCodec.decode(type, memory));
    }
  }

  @Test
  void manyElementsAreSharedOutAmongThreadsWhereTheMemoryAllowsIt() {
    TensorType type = TensorType.of(DType.F32, 64, 128, 3, 3);
    double[] values = counting(Math.toIntExact(type.shape().elements()));
    try (Arena own = Arena.ofConfined();
        Arena shared = Arena.ofShared()) {
      MemorySegment alone = own.allocate(type.bytes(), 8);
      MemorySegment together = shared.allocate(type.bytes(), 8);
      HostCodec.encode(type, values, alone);
      HostCodec.encode(type, values, together);
      assertEquals(-1, alone.mismatch(together));
      assertArrayEquals(values, HostCodec.decode(type, alone));
      assertArrayEquals(values, HostCodec.decode(type, together));
    }
  }

  @Test
  void otherRanksAreRowMajor() {
    for (int[] dims : new int[][] {{}, {7}, {3, 4}, {2, 3, 4}, {2, 3, 1, 2, 2}}) {
      TensorType type = TensorType.of(DType.F32, dims);
      double[] values = counting(Math.toIntExact(type.shape().elements()));
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment memory = arena.allocate(type.bytes(), 8);
        HostCodec.encode(type, values, memory);
        for (int i = 0; i < values.length; i++) {
          assertEquals(i, DType.F32.get(memory, i));
        }
        assertArrayEquals(values, HostCodec.decode(type, memory));
      }
    }
  }

  @Test
  void aWrongCountIsRefused() {
    TensorType type = TensorType.of(DType.F32, 2, 3);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(type.bytes(), 8);
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> HostCodec.encode(type, new double[5], memory));
      assertEquals(
          "values: length=5 for F32(2, 3); one value per element is needed", Messages.of(e));
    }
  }
}
