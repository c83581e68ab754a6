package org.clusternet.engine.op;

import org.clusternet.engine.cpu.ClassLabels;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.tensor.Tensor;

/** Loops over rows in F64 for every type; log p comes from the logits, so it stays finite. */
final class WeightedCrossEntropyCpu {
  private WeightedCrossEntropyCpu() {}

  static void forward(WeightedCrossEntropy op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View logits = View.of(in[0]);
    View labels = View.of(in[1]);
    View weights = View.of(in[2]);
    View probabilities = View.of(out[1]);
    int rows = in[0].dim(0);
    int classes = in[0].dim(1);
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      int label = ClassLabels.at(op, labels, i, classes);
      double[] logP = SoftmaxCpu.logProbabilities(logits, i, classes);
      sum -= weights.get(label) * logP[label];
      for (int k = 0; k < classes; k++) {
        probabilities.put(i, k, Math.exp(logP[k]));
      }
    }
    View.of(out[0]).set(0, sum / rows);
  }

  static void backwardLogits(
      WeightedCrossEntropy.BackwardLogits op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View probabilities = View.of(in[0]);
    View labels = View.of(in[1]);
    View weights = View.of(in[2]);
    View gradient = View.of(out[0]);
    int rows = in[0].dim(0);
    int classes = in[0].dim(1);
    double upstream = View.of(in[3]).get(0);
    for (int i = 0; i < rows; i++) {
      int label = ClassLabels.at(op, labels, i, classes);
      double factor = upstream * weights.get(label) / rows;
      for (int k = 0; k < classes; k++) {
        gradient.put(i, k, factor * (probabilities.at(i, k) - (k == label ? 1 : 0)));
      }
    }
  }

  static void backwardWeights(
      WeightedCrossEntropy.BackwardWeights op, Tensor[] in, Tensor[] out, Cpu cpu) {
    View logits = View.of(in[0]);
    View labels = View.of(in[1]);
    View gradient = View.of(out[0]);
    int rows = in[0].dim(0);
    double[] sums = new double[in[0].dim(1)];
    for (int i = 0; i < rows; i++) {
      int label = ClassLabels.at(op, labels, i, sums.length);
      sums[label] -= SoftmaxCpu.logProbabilities(logits, i, sums.length)[label];
    }
    double factor = View.of(in[2]).get(0) / rows;
    for (int k = 0; k < sums.length; k++) {
      gradient.set(k, factor * sums[k]);
    }
  }
}
