package org.clusternet.engine.op;

import java.util.Optional;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.cpu.onednn.Arg;
import org.clusternet.engine.cpu.onednn.Convolution;
import org.clusternet.engine.cpu.onednn.OneDnn;
import org.clusternet.engine.cpu.onednn.Primitive;
import org.clusternet.engine.cpu.winograd.Conv2dWinograd;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** oneDNN's direct convolution for F32 and BF16; seven plain loops for the oracle. */
final class Conv2dCpu {
  private Conv2dCpu() {}

  static void forward(Conv2d op, Tensor[] in, Tensor[] out, Cpu cpu) {
    Tensor bias = in.length == 3 ? in[2] : null;
    if (!cpu.accelerates(out[0])) {
      forwardLoops(op.stride(), op.padding(), in[0], in[1], bias, out[0]);
      return;
    }
    Optional<Conv2dWinograd> winograd =
        Conv2dWinograd.fit(in[0], in[1], out[0], op.stride(), op.padding(), cpu);
    if (bias == null && winograd.isPresent()) {
      winograd.get().forward(in[0], in[1], out[0], op.padding());
      return;
    }
    OneDnn library = cpu.oneDnn();
    Primitive primitive =
        library.primitive(
            Convolution.forward(in[0], in[1], bias, out[0], op.stride(), op.padding()));
    if (bias != null) {
      primitive.with(Arg.BIAS, bias);
    }
    try (Scope scratch = cpu.scratch()) {
      Tensor weights = library.pack(in[1], primitive, Arg.WEIGHTS, scratch);
      primitive.with(Arg.SRC, in[0]).with(Arg.WEIGHTS, weights).with(Arg.DST, out[0]).run();
    }
  }

  static void backwardInput(Conv2d.BackwardInput op, Tensor[] in, Tensor[] out, Cpu cpu) {
    if (!cpu.accelerates(out[0])) {
      backwardInputLoops(op, in, out);
      return;
    }
    Optional<Conv2dWinograd> winograd =
        Conv2dWinograd.fit(out[0], in[0], in[1], op.stride(), op.padding(), cpu);
    if (winograd.isPresent()) {
      winograd.get().backwardInput(in[0], in[1], out[0], op.padding());
      return;
    }
    OneDnn library = cpu.oneDnn();
    Primitive primitive =
        library.primitive(
            Convolution.backwardData(out[0], in[0], in[1], op.stride(), op.padding()));
    try (Scope scratch = cpu.scratch()) {
      Tensor weights = library.pack(in[0], primitive, Arg.WEIGHTS, scratch);
      primitive.with(Arg.DIFF_DST, in[1]).with(Arg.WEIGHTS, weights);
      primitive.with(Arg.DIFF_SRC, out[0]).run();
    }
  }

  static void backwardWeight(Conv2d.BackwardWeight op, Tensor[] in, Tensor[] out, Cpu cpu) {
    if (!cpu.accelerates(in[0])) {
      backwardWeightLoops(op, in, out);
      return;
    }
    Optional<Conv2dWinograd> winograd =
        Conv2dWinograd.fit(in[0], out[0], in[1], op.stride(), op.padding(), cpu);
    if (!op.bias() && winograd.isPresent()) {
      winograd.get().backwardWeight(in[0], in[1], out[0], op.padding());
      return;
    }
    OneDnn library = cpu.oneDnn();
    Tensor bias = op.bias() ? out[1] : null;
    Primitive primitive =
        library.primitive(
            Convolution.backwardWeights(in[0], out[0], bias, in[1], op.stride(), op.padding()));
    if (bias != null) {
      primitive.with(Arg.DIFF_BIAS, bias);
    }
    try (Scope scratch = cpu.scratch()) {
      Tensor weights = library.room(out[0], primitive, Arg.DIFF_WEIGHTS, scratch);
      primitive.with(Arg.SRC, in[0]).with(Arg.DIFF_DST, in[1]);
      primitive.with(Arg.DIFF_WEIGHTS, weights).run();
      library.unpack(weights, primitive, Arg.DIFF_WEIGHTS, out[0]);
    }
  }

  /** One product of the convolution: the positions of y, x and w that meet. */
  @FunctionalInterface
  private interface Meeting {
    void at(int n, int o, int oh, int ow, int c, int h, int w, int kh, int kw);
  }

  private static void walk(
      Shape x, Shape weight, Shape y, int stride, int padding, Meeting meeting) {
    for (int n = 0; n < y.dim(0); n++) {
      for (int o = 0; o < y.dim(1); o++) {
        for (int oh = 0; oh < y.dim(2); oh++) {
          for (int ow = 0; ow < y.dim(3); ow++) {
            walkWindow(x, weight, n, o, oh, ow, stride, padding, meeting);
          }
        }
      }
    }
  }

  private static void walkWindow(
      Shape x,
      Shape weight,
      int n,
      int o,
      int oh,
      int ow,
      int stride,
      int padding,
      Meeting meeting) {
    for (int c = 0; c < weight.dim(1); c++) {
      for (int kh = 0; kh < weight.dim(2); kh++) {
        int h = oh * stride - padding + kh;
        for (int kw = 0; kw < weight.dim(3); kw++) {
          int w = ow * stride - padding + kw;
          if (h >= 0 && h < x.dim(2) && w >= 0 && w < x.dim(3)) {
            meeting.at(n, o, oh, ow, c, h, w, kh, kw);
          }
        }
      }
    }
  }

  /** {@code out = in * w (+ shift)}, the shift where there is one. */
  static void forwardLoops(
      int stride, int padding, Tensor in, Tensor w, @Nullable Tensor shift, Tensor out) {
    View x = View.of(in);
    View weight = View.of(w);
    View y = View.of(out);
    Shape shape = out.shape();
    double[] sums = new double[Math.toIntExact(shape.elements())];
    walk(
        in.shape(),
        w.shape(),
        shape,
        stride,
        padding,
        (n, o, oh, ow, c, h, wide, kh, kw) ->
            sums[(int) shape.offset(n, o, oh, ow)] +=
                x.at(n, c, h, wide) * weight.at(o, c, kh, kw));
    int channels = shape.dim(1);
    for (int i = 0; i < sums.length; i++) {
      double bias = shift == null ? 0 : View.of(shift).get(i % channels);
      y.set(i, sums[i] + bias);
    }
  }

  private static void backwardInputLoops(Conv2d.BackwardInput op, Tensor[] in, Tensor[] out) {
    View weight = View.of(in[0]);
    View upstream = View.of(in[1]);
    Shape shape = out[0].shape();
    double[] sums = new double[Math.toIntExact(shape.elements())];
    walk(
        shape,
        in[0].shape(),
        in[1].shape(),
        op.stride(),
        op.padding(),
        (n, o, oh, ow, c, h, w, kh, kw) ->
            sums[(int) shape.offset(n, c, h, w)] +=
                upstream.at(n, o, oh, ow) * weight.at(o, c, kh, kw));
    store(sums, out[0]);
  }

  private static void backwardWeightLoops(Conv2d.BackwardWeight op, Tensor[] in, Tensor[] out) {
    View x = View.of(in[0]);
    View upstream = View.of(in[1]);
    Shape shape = out[0].shape();
    double[] sums = new double[Math.toIntExact(shape.elements())];
    walk(
        in[0].shape(),
        shape,
        in[1].shape(),
        op.stride(),
        op.padding(),
        (n, o, oh, ow, c, h, w, kh, kw) ->
            sums[(int) shape.offset(o, c, kh, kw)] += upstream.at(n, o, oh, ow) * x.at(n, c, h, w));
    store(sums, out[0]);
    if (op.bias()) {
      double[] shifts = new double[shape.dim(0)];
      for (int i = 0; i < in[1].elements(); i++) {
        shifts[i % shifts.length] += upstream.get(i);
      }
      store(shifts, out[1]);
    }
  }

  private static void store(double[] values, Tensor tensor) {
    View view = View.of(tensor);
    for (int i = 0; i < values.length; i++) {
      view.set(i, values[i]);
    }
  }
}
