package org.clusternet.engine.op;

import java.util.Optional;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.cpu.norm.BatchNormRows;
import org.clusternet.engine.cpu.onednn.Arg;
import org.clusternet.engine.cpu.onednn.BatchNormalization;
import org.clusternet.engine.cpu.onednn.Elementwise;
import org.clusternet.engine.cpu.onednn.OneDnn;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;

/**
 * Our own vector loops ({@link BatchNormRows}) for F32 of the widths that networks have; else
 * oneDNN's batch normalisation, its ReLU as a post-op or, where a residual is added, as one of the
 * sum, and in backward as a mask in the memory of the gradient that it leads to. The oracle sums
 * over N, H, W in plain loops.
 */
final class BatchNormCpu {
  private BatchNormCpu() {}

  static void forward(BatchNorm op, Tensor[] in, Tensor[] out, Cpu cpu) {
    Optional<BatchNormRows> rows = BatchNormRows.fit(in[0], cpu);
    if (rows.isPresent()) {
      rows.get().forward(in, out, op.eps(), op.relu());
    } else if (cpu.accelerates(in[0])) {
      normalise(in, out[0], out[1], out[2], op.eps(), false, op.relu(), cpu);
      spread(out);
    } else {
      statistics(in[0], out[1], out[2]);
      normaliseLoops(in, out[0], out[1], out[2], op.eps(), op.relu());
    }
    updateRunning(op, in[0].shape(), out);
  }

  static void inference(BatchNorm.Inference op, Tensor[] in, Tensor[] out, Cpu cpu) {
    Optional<BatchNormRows> rows = BatchNormRows.fit(in[0], cpu);
    if (rows.isPresent()) {
      rows.get().inference(in, out[0], op.eps(), op.relu());
    } else if (cpu.accelerates(in[0])) {
      normalise(in, out[0], in[3], in[4], op.eps(), true, op.relu(), cpu);
    } else {
      normaliseLoops(in, out[0], in[3], in[4], op.eps(), op.relu());
    }
  }

  private static void normalise(
      Tensor[] in,
      Tensor y,
      Tensor mean,
      Tensor variance,
      double eps,
      boolean given,
      boolean relu,
      Cpu cpu) {
    boolean residual = in.length > 5;
    OneDnn library = cpu.oneDnn();
    library
        .primitive(BatchNormalization.forward(in[0], eps, given, relu && !residual))
        .with(Arg.SRC, in[0])
        .with(Arg.SCALE, in[1])
        .with(Arg.SHIFT, in[2])
        .with(Arg.MEAN, mean)
        .with(Arg.VARIANCE, variance)
        .with(Arg.DST, y)
        .run();
    if (residual) {
      library
          .primitive(Elementwise.add(y, relu))
          .with(Arg.SRC, y)
          .with(Arg.SRC_1, in[5])
          .with(Arg.DST, y)
          .run();
    }
  }

  private static void spread(Tensor[] out) {
    View mean = View.of(out[1]);
    View variance = View.of(out[2]);
    for (long c = 0; c < out[1].elements(); c++) {
      if (!Double.isFinite(mean.get(c) + variance.get(c))) {
        out[0].memory().fill((byte) 0xFF);
        return;
      }
    }
  }

  private static void updateRunning(BatchNorm op, Shape x, Tensor[] out) {
    double count = (double) x.elements() / x.dim(1);
    View mean = View.of(out[1]);
    View variance = View.of(out[2]);
    View runningMean = View.of(out[3]);
    View runningVariance = View.of(out[4]);
    for (int c = 0; c < x.dim(1); c++) {
      double unbiased = variance.get(c) * count / (count - 1);
      blend(runningMean, c, mean.get(c), op.momentum());
      blend(runningVariance, c, unbiased, op.momentum());
    }
  }

  private static void blend(View running, int c, double batch, double momentum) {
    running.set(c, running.get(c) + momentum * (batch - running.get(c)));
  }

  static void backward(BatchNorm.Backward op, Tensor[] in, Tensor[] out, Cpu cpu) {
    Optional<BatchNormRows> rows = BatchNormRows.fit(in[0], cpu);
    if (rows.isPresent()) {
      rows.get().backward(in, out, op.eps(), op.residual());
    } else if (cpu.accelerates(in[0])) {
      backwardByLibrary(op, in, out, cpu);
    } else {
      backwardLoops(op, in, out);
    }
  }

  private static void backwardByLibrary(BatchNorm.Backward op, Tensor[] in, Tensor[] out, Cpu cpu) {
    OneDnn library = cpu.oneDnn();
    Tensor upstream = in[4];
    if (in.length > 5) {
      upstream = op.residual() ? out[3] : out[0];
      library
          .primitive(Elementwise.reluBackward(in[5]))
          .with(Arg.DST, in[5])
          .with(Arg.DIFF_DST, in[4])
          .with(Arg.DIFF_SRC, upstream)
          .run();
    }
    library
        .primitive(BatchNormalization.backward(in[0], op.eps()))
        .with(Arg.SRC, in[0])
        .with(Arg.SCALE, in[1])
        .with(Arg.MEAN, in[2])
        .with(Arg.VARIANCE, in[3])
        .with(Arg.DIFF_DST, upstream)
        .with(Arg.DIFF_SRC, out[0])
        .with(Arg.DIFF_SCALE, out[1])
        .with(Arg.DIFF_SHIFT, out[2])
        .run();
  }

  private static void statistics(Tensor x, Tensor mean, Tensor variance) {
    View values = View.of(x);
    int channels = x.dim(1);
    double count = (double) x.elements() / channels;
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (long i = c; i < x.elements(); i += channels) {
        sum += values.get(i);
      }
      double centre = sum / count;
      double squares = 0;
      for (long i = c; i < x.elements(); i += channels) {
        squares += (values.get(i) - centre) * (values.get(i) - centre);
      }
      View.of(mean).set(c, centre);
      View.of(variance).set(c, squares / count);
    }
  }

  private static void normaliseLoops(
      Tensor[] in, Tensor out, Tensor mean, Tensor variance, double eps, boolean relu) {
    View[] v = View.of(in);
    View m = View.of(mean);
    View s = View.of(variance);
    View y = View.of(out);
    int channels = out.dim(1);
    for (long i = 0; i < out.elements(); i++) {
      int c = (int) (i % channels);
      double normal = (v[0].get(i) - m.get(c)) / Math.sqrt(s.get(c) + eps);
      double value = v[1].get(c) * normal + v[2].get(c);
      value += v.length > 5 ? v[5].get(i) : 0;
      y.set(i, relu ? Math.max(value, 0) : value);
    }
  }

  private static void backwardLoops(BatchNorm.Backward op, Tensor[] in, Tensor[] out) {
    View[] v = View.of(in);
    int channels = in[0].dim(1);
    long elements = in[0].elements();
    double count = (double) elements / channels;
    for (int c = 0; c < channels; c++) {
      double mean = v[2].get(c);
      double scale = 1 / Math.sqrt(v[3].get(c) + op.eps());
      double shift = 0;
      double correlation = 0;
      for (long i = c; i < elements; i += channels) {
        shift += masked(v, i);
        correlation += masked(v, i) * (v[0].get(i) - mean) * scale;
      }
      for (long i = c; i < elements; i += channels) {
        double normal = (v[0].get(i) - mean) * scale;
        double centred = masked(v, i) - shift / count - normal * correlation / count;
        View.of(out[0]).set(i, v[1].get(c) * scale * centred);
      }
      View.of(out[1]).set(c, correlation);
      View.of(out[2]).set(c, shift);
    }
    if (op.residual()) {
      for (long i = 0; i < elements; i++) {
        View.of(out[3]).set(i, masked(v, i));
      }
    }
  }

  /** The upstream gradient where the ReLU, if there was one, let the value through. */
  private static double masked(View[] v, long i) {
    return v.length > 5 && v[5].get(i) <= 0 ? 0 : v[4].get(i);
  }
}
