package org.clusternet.engine.op;

import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.tensor.Tensor;

/** One parallel loop for every type. */
final class AffineCpu {
  private static final long GRAIN = 1 << 14;

  private AffineCpu() {}

  static void run(Affine op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View x = View.of(in[0]);
    View y = View.of(out[0]);
    cpu.workers()
        .run(
            out[0].elements(),
            GRAIN,
            (from, to) -> {
              for (long i = from; i < to; i++) {
                y.set(i, op.scale() * x.get(i) + op.shift());
              }
            });
  }
}
