package org.clusternet.engine.op;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;

/**
 * A copy of bytes to the same type; F32 and BF16 into each other by bits; anything else by doubles.
 */
final class CastCpu {
  private static final long GRAIN = 1 << 16;

  private CastCpu() {}

  static void run(Cast op, Tensor[] in, Tensor[] out, Cpu cpu) {
    MemorySegment from = in[0].memory();
    MemorySegment to = out[0].memory();
    DType source = in[0].dtype();
    DType target = out[0].dtype();
    if (source == target) {
      to.copyFrom(from);
    } else {
      cpu.workers().run(in[0].elements(), GRAIN, (a, b) -> cast(source, from, target, to, a, b));
    }
  }

  private static void cast(
      DType source, MemorySegment from, DType target, MemorySegment to, long a, long b) {
    if (source == DType.F32 && target == DType.BF16) {
      for (long i = a; i < b; i++) {
        to.setAtIndex(JAVA_SHORT, i, DType.floatToBf16(from.getAtIndex(JAVA_FLOAT, i)));
      }
    } else if (source == DType.BF16 && target == DType.F32) {
      for (long i = a; i < b; i++) {
        to.setAtIndex(JAVA_FLOAT, i, DType.bf16ToFloat(from.getAtIndex(JAVA_SHORT, i)));
      }
    } else {
      for (long i = a; i < b; i++) {
        target.set(to, i, source.get(from, i));
      }
    }
  }
}
