package org.clusternet.engine.op;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;

/** One comparison an element; F32, the type of heat maps, in a loop of its own. */
final class ThresholdCpu {
  private static final long GRAIN = 1 << 15;

  private ThresholdCpu() {}

  static void run(Threshold op, Tensor[] in, Tensor[] out, Cpu cpu) {
    if (in[0].dtype() == DType.F32) {
      MemorySegment map = in[0].memory();
      MemorySegment mask = out[0].memory();
      cpu.workers()
          .run(in[0].elements(), GRAIN, (from, to) -> floats(op.tau(), map, mask, from, to));
      return;
    }
    View map = View.of(in[0]);
    View mask = View.of(out[0]);
    for (long i = 0; i < in[0].elements(); i++) {
      mask.set(i, map.get(i) >= op.tau() ? 1 : 0);
    }
  }

  private static void floats(
      double tau, MemorySegment map, MemorySegment mask, long from, long to) {
    for (long i = from; i < to; i++) {
      mask.set(JAVA_BYTE, i, (byte) (map.getAtIndex(JAVA_FLOAT, i) >= tau ? 1 : 0));
    }
  }
}
