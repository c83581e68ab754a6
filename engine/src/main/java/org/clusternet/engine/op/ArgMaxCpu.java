package org.clusternet.engine.op;

import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.tensor.Tensor;

/** Plain loops for every type: a few logits a sample. */
final class ArgMaxCpu {
  private ArgMaxCpu() {}

  static void run(ArgMax op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View logits = View.of(in[0]);
    View index = View.of(out[0]);
    for (int n = 0; n < in[0].dim(0); n++) {
      index.set(n, largest(logits, n, in[0].dim(1)));
    }
  }

  /** The index of the largest of the {@code count} numbers of row n. */
  static int largest(View logits, int n, int count) {
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < count; k++) {
      if (logits.at(n, k) > largest) {
        largest = logits.at(n, k);
        best = k;
      }
    }
    return best;
  }
}
