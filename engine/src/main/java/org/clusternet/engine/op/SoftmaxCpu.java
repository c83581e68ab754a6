package org.clusternet.engine.op;

import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.tensor.Tensor;

/** Loops over rows in F64 for every type, and the row formulae that the losses share. */
final class SoftmaxCpu {
  private static final long GRAIN = 1 << 12;

  private SoftmaxCpu() {}

  static void forward(Softmax op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View x = View.of(in[0]);
    View y = View.of(out[0]);
    int classes = in[0].dim(1);
    rows(
        in[0],
        cpu,
        row ->
            store(
                y,
                row,
                op.log() ? logProbabilities(x, row, classes) : probabilities(x, row, classes)));
  }

  static void backward(Softmax.Backward op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View saved = View.of(in[0]);
    View upstream = View.of(in[1]);
    View dx = View.of(out[0]);
    int classes = in[0].dim(1);
    rows(
        in[0],
        cpu,
        row -> {
          double[] u = load(upstream, row, classes);
          store(
              dx,
              row,
              op.log()
                  ? chainOfLog(probabilities(saved, row, classes), u)
                  : chain(load(saved, row, classes), u));
        });
  }

  /** What is done for one row. */
  @FunctionalInterface
  interface Row {
    void run(int row);
  }

  static void rows(Tensor x, Cpu cpu, Row body) {
    cpu.workers()
        .run(
            x.dim(0),
            Math.max(1, GRAIN / x.dim(1)),
            (from, to) -> {
              for (long row = from; row < to; row++) {
                body.run((int) row);
              }
            });
  }

  static double[] load(View x, int row, int classes) {
    double[] values = new double[classes];
    for (int k = 0; k < classes; k++) {
      values[k] = x.at(row, k);
    }
    return values;
  }

  static void store(View y, int row, double[] values) {
    for (int k = 0; k < values.length; k++) {
      y.put(row, k, values[k]);
    }
  }

  /** The softmax of a row of logits. */
  static double[] probabilities(View logits, int row, int classes) {
    double[] p = logProbabilities(logits, row, classes);
    for (int k = 0; k < classes; k++) {
      p[k] = Math.exp(p[k]);
    }
    return p;
  }

  /** The logarithm of the softmax of a row of logits. */
  static double[] logProbabilities(View logits, int row, int classes) {
    double[] x = load(logits, row, classes);
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : x) {
      largest = Math.max(largest, value);
    }
    double sum = 0;
    for (double value : x) {
      sum += Math.exp(value - largest);
    }
    double logSum = Math.log(sum);
    for (int k = 0; k < classes; k++) {
      x[k] = x[k] - largest - logSum;
    }
    return x;
  }

  /**
   * The gradient with respect to the logits, from the probabilities p and the gradient with respect
   * to them.
   */
  static double[] chain(double[] p, double[] gradient) {
    double mean = 0;
    for (int k = 0; k < p.length; k++) {
      mean += p[k] * gradient[k];
    }
    double[] result = new double[p.length];
    for (int k = 0; k < p.length; k++) {
      result[k] = p[k] * (gradient[k] - mean);
    }
    return result;
  }

  /** As above from the gradient with respect to the logarithms of p. */
  private static double[] chainOfLog(double[] p, double[] gradient) {
    double sum = 0;
    for (double value : gradient) {
      sum += value;
    }
    double[] result = new double[p.length];
    for (int k = 0; k < p.length; k++) {
      result[k] = gradient[k] - p[k] * sum;
    }
    return result;
  }
}
