package org.clusternet.engine.op;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;

/**
 * Zero, the common value, is a fill of bytes, by all threads, as it is often the first touch of new
 * memory, for which the system takes its time; any other is written element by element.
 */
final class FillCpu {
  private static final long GRAIN = 1 << 21;

  private FillCpu() {}

  static void run(Fill op, Tensor[] in, Tensor[] out, Cpu cpu) {
    MemorySegment memory = out[0].memory();
    if (Double.doubleToRawLongBits(op.value()) == 0) {
      cpu.workers()
          .run(
              memory.byteSize(),
              GRAIN,
              (from, to) -> memory.asSlice(from, to - from).fill((byte) 0));
      return;
    }
    DType dtype = out[0].dtype();
    for (long i = 0; i < out[0].elements(); i++) {
      dtype.set(memory, i, op.value());
    }
  }
}
