package org.clusternet.engine.op;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.tensor.Tensor;

/** One pass over the bytes. */
final class MaskCombineCpu {
  private static final long GRAIN = 1 << 16;

  private MaskCombineCpu() {}

  static void run(MaskCombine op, Tensor[] in, Tensor[] out, Cpu cpu) {
    MemorySegment a = in[0].memory();
    MemorySegment b = in[1].memory();
    MemorySegment mask = out[0].memory();
    boolean union = op.mode() == MaskCombine.Mode.UNION;
    cpu.workers()
        .run(
            out[0].elements(),
            GRAIN,
            (from, to) -> {
              if (union) {
                union(a, b, mask, from, to);
              } else {
                intersection(a, b, mask, from, to);
              }
            });
  }

  private static void union(
      MemorySegment a, MemorySegment b, MemorySegment mask, long from, long to) {
    for (long i = from; i < to; i++) {
      boolean set = (a.get(JAVA_BYTE, i) | b.get(JAVA_BYTE, i)) != 0;
      mask.set(JAVA_BYTE, i, (byte) (set ? 1 : 0));
    }
  }

  private static void intersection(
      MemorySegment a, MemorySegment b, MemorySegment mask, long from, long to) {
    for (long i = from; i < to; i++) {
      boolean set = a.get(JAVA_BYTE, i) != 0 && b.get(JAVA_BYTE, i) != 0;
      mask.set(JAVA_BYTE, i, (byte) (set ? 1 : 0));
    }
  }
}
