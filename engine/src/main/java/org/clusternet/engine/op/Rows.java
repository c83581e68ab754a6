package org.clusternet.engine.op;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;

/**
 * Runs of neighbours in memory as arrays of floats, whichever of F32 and BF16 they are stored in:
 * the fast paths are written once, for floats, and stay in the first-level cache.
 */
final class Rows {
  private static final long GRAIN = 1 << 14;

  private Rows() {}

  /** Reads {@code count} elements of an F32 or BF16 tensor from {@code position} on. */
  static void read(Tensor tensor, long position, float[] row, int count) {
    MemorySegment memory = tensor.memory();
    if (tensor.dtype() == DType.F32) {
      MemorySegment.copy(memory, JAVA_FLOAT, position * Float.BYTES, row, 0, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      row[i] = DType.bf16ToFloat(memory.getAtIndex(JAVA_SHORT, position + i));
    }
  }

  /** Writes {@code count} elements of an F32 or BF16 tensor from {@code position} on. */
  static void write(float[] row, int count, Tensor tensor, long position) {
    MemorySegment memory = tensor.memory();
    if (tensor.dtype() == DType.F32) {
      MemorySegment.copy(row, 0, memory, JAVA_FLOAT, position * Float.BYTES, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      memory.setAtIndex(JAVA_SHORT, position + i, DType.floatToBf16(row[i]));
    }
  }

  /** Fewest rows worth a thread of their own. */
  static long grain(long rowLength) {
    return Math.max(1, GRAIN / rowLength);
  }
}
