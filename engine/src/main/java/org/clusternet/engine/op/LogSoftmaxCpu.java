package org.clusternet.engine.op;

import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.tensor.Tensor;

/** Loops over rows in F64 for every type. */
final class LogSoftmaxCpu {
  private LogSoftmaxCpu() {}

  static void forward(LogSoftmax op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View x = View.of(in[0]);
    View y = View.of(out[0]);
    int classes = in[0].dim(1);
    SoftmaxCpu.rows(
        in[0], cpu, row -> SoftmaxCpu.store(y, row, SoftmaxCpu.logProbabilities(x, row, classes)));
  }

  static void backward(LogSoftmax.Backward op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View x = View.of(in[0]);
    View upstream = View.of(in[1]);
    View dx = View.of(out[0]);
    int classes = in[0].dim(1);
    SoftmaxCpu.rows(
        in[0],
        cpu,
        row -> {
          double[] p = SoftmaxCpu.probabilities(x, row, classes);
          double[] u = SoftmaxCpu.load(upstream, row, classes);
          double sum = 0;
          for (double value : u) {
            sum += value;
          }
          for (int k = 0; k < classes; k++) {
            dx.put(row, k, u[k] - p[k] * sum);
          }
        });
  }
}
