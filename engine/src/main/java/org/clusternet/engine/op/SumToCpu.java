package org.clusternet.engine.op;

import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.tensor.Broadcasting;
import org.clusternet.engine.tensor.Tensor;

/** Plain loops in F64 for every type: what the network sums this way is small. */
final class SumToCpu {
  private SumToCpu() {}

  static void run(SumTo op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View x = View.of(in[0]);
    View y = View.of(out[0]);
    double[] sums = new double[Math.toIntExact(out[0].elements())];
    Broadcasting.walk(op.shape(), in[0].shape(), (to, from) -> sums[(int) to] += x.get(from));
    for (int i = 0; i < sums.length; i++) {
      y.set(i, sums[i]);
    }
  }

  static void broadcast(SumTo.BroadcastTo op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View x = View.of(in[0]);
    View y = View.of(out[0]);
    Broadcasting.walk(in[0].shape(), op.shape(), (from, to) -> y.set(to, x.get(from)));
  }
}
