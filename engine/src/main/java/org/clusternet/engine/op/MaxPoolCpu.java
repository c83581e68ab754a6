package org.clusternet.engine.op;

import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.cpu.onednn.Arg;
import org.clusternet.engine.cpu.onednn.Pooling;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;

/** oneDNN's pooling, whose workspace is the tensor of winners; plain loops for the oracle. */
final class MaxPoolCpu {
  private MaxPoolCpu() {}

  static void forward(MaxPool op, Tensor[] in, Tensor[] out, Cpu cpu) {
    if (cpu.accelerates(in[0])) {
      cpu.oneDnn()
          .primitive(Pooling.maxForward(in[0], out[0], op.kernel(), op.stride(), op.padding()))
          .with(Arg.SRC, in[0])
          .with(Arg.DST, out[0])
          .with(Arg.WORKSPACE, out[1])
          .run();
      return;
    }
    View x = View.of(in[0]);
    View y = View.of(out[0]);
    View winners = View.of(out[1]);
    Shape shape = in[0].shape();
    forEach(
        out[0].shape(),
        (n, c, oh, ow) -> {
          double best = Double.NEGATIVE_INFINITY;
          int winner = 0;
          for (int k = 0; k < op.kernel() * op.kernel(); k++) {
            int h = oh * op.stride() - op.padding() + k / op.kernel();
            int w = ow * op.stride() - op.padding() + k % op.kernel();
            if (inside(shape, h, w) && !(x.at(n, c, h, w) <= best)) {
              best = x.at(n, c, h, w);
              winner = k;
            }
          }
          y.put(n, c, oh, ow, best);
          winners.put(n, c, oh, ow, winner);
        });
  }

  static void backward(MaxPool.Backward op, Tensor[] in, Tensor[] out, Cpu cpu) {
    MaxPool pool = op.pool();
    if (cpu.accelerates(out[0])) {
      cpu.oneDnn()
          .primitive(
              Pooling.maxBackward(out[0], in[1], pool.kernel(), pool.stride(), pool.padding()))
          .with(Arg.WORKSPACE, in[0])
          .with(Arg.DIFF_DST, in[1])
          .with(Arg.DIFF_SRC, out[0])
          .run();
      return;
    }
    View winners = View.of(in[0]);
    View upstream = View.of(in[1]);
    View dx = View.of(out[0]);
    for (long i = 0; i < out[0].elements(); i++) {
      dx.set(i, 0);
    }
    forEach(
        in[1].shape(),
        (n, c, oh, ow) -> {
          int winner = (int) winners.at(n, c, oh, ow);
          int h = oh * pool.stride() - pool.padding() + winner / pool.kernel();
          int w = ow * pool.stride() - pool.padding() + winner % pool.kernel();
          dx.add(n, c, h, w, upstream.at(n, c, oh, ow));
        });
  }

  private static boolean inside(Shape shape, int h, int w) {
    return h >= 0 && h < shape.dim(2) && w >= 0 && w < shape.dim(3);
  }

  @FunctionalInterface
  private interface Output {
    void at(int n, int c, int oh, int ow);
  }

  private static void forEach(Shape y, Output output) {
    for (int n = 0; n < y.dim(0); n++) {
      for (int c = 0; c < y.dim(1); c++) {
        for (int oh = 0; oh < y.dim(2); oh++) {
          for (int ow = 0; ow < y.dim(3); ow++) {
            output.at(n, c, oh, ow);
          }
        }
      }
    }
  }
}
