package org.clusternet.engine.op;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.Simd;
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
      cpu.workers()
          .run(in[0].elements(), GRAIN, (a, b) -> cast(cpu.simd(), source, from, target, to, a, b));
    }
  }

  private static void cast(
      Simd simd, DType source, MemorySegment from, DType target, MemorySegment to, long a, long b) {
    if (source == DType.F32 && target == DType.BF16) {
      simd.narrow(from, to, a, b);
    } else if (source == DType.BF16 && target == DType.F32) {
      simd.widen(from, to, a, b);
    } else {
      for (long i = a; i < b; i++) {
        target.set(to, i, source.get(from, i));
      }
    }
  }
}
