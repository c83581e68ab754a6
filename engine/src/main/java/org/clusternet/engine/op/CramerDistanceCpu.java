package org.clusternet.engine.op;

import org.clusternet.engine.cpu.ClassLabels;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.tensor.Tensor;

/**
 * Loops over rows in F64 for every type. From the label on, the difference of the two cumulative
 * distributions is formed as minus the probability of the classes that are still to come: as a
 * difference of two numbers near 1 it would lose its digits when the prediction is good.
 */
final class CramerDistanceCpu {
  private CramerDistanceCpu() {}

  static void forward(CramerDistance op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View logits = View.of(in[0]);
    View labels = View.of(in[1]);
    int rows = in[0].dim(0);
    int classes = in[0].dim(1);
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      int label = ClassLabels.at(op, labels, i, classes);
      for (double d : differences(SoftmaxCpu.probabilities(logits, i, classes), label)) {
        sum += d * d;
      }
    }
    View.of(out[0]).set(0, sum / rows);
  }

  static void backward(CramerDistance.Backward op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View logits = View.of(in[0]);
    View labels = View.of(in[1]);
    View gradient = View.of(out[0]);
    int rows = in[0].dim(0);
    int classes = in[0].dim(1);
    double factor = 2 * View.of(in[2]).get(0) / rows;
    for (int i = 0; i < rows; i++) {
      double[] p = SoftmaxCpu.probabilities(logits, i, classes);
      double[] d = differences(p, ClassLabels.at(op, labels, i, classes));
      double[] byProbability = new double[classes];
      double sum = 0;
      for (int j = classes - 1; j >= 0; j--) {
        sum += factor * d[j];
        byProbability[j] = sum;
      }
      SoftmaxCpu.store(gradient, i, SoftmaxCpu.chain(p, byProbability));
    }
  }

  /** {@code F(p)[k] - F(onehot(label))[k]} for all k. */
  private static double[] differences(double[] p, int label) {
    double[] d = new double[p.length];
    double before = 0;
    for (int k = 0; k < label; k++) {
      before += p[k];
      d[k] = before;
    }
    double after = 0;
    for (int k = p.length - 1; k >= label; k--) {
      d[k] = -after;
      after += p[k];
    }
    return d;
  }
}
