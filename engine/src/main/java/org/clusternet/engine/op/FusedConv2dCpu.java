package org.clusternet.engine.op;

import java.util.Optional;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.cpu.norm.ConvolutionEpilogue;
import org.clusternet.engine.cpu.onednn.Arg;
import org.clusternet.engine.cpu.onednn.Convolution;
import org.clusternet.engine.cpu.onednn.OneDnn;
import org.clusternet.engine.cpu.onednn.Primitive;
import org.clusternet.engine.cpu.winograd.Conv2dWinograd;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * F32 of the widths that networks have: {@link Conv2dWinograd} or oneDNN's convolution, then our
 * own loops over what still lies in the cache ({@link ConvolutionEpilogue}), whose ReLU keeps NaN.
 * All else: one primitive of oneDNN with post-ops, whose ReLU turns NaN into 0 as that of its batch
 * normalisation by running statistics does. The oracle adds up in plain loops.
 */
final class FusedConv2dCpu {
  private FusedConv2dCpu() {}

  static void run(FusedConv2d op, Tensor[] in, Tensor[] out, Cpu cpu) {
    Tensor y = out[0];
    Tensor residual = in.length > FusedConv2d.RESIDUAL ? in[FusedConv2d.RESIDUAL] : null;
    if (!cpu.accelerates(y)) {
      Conv2dCpu.forwardLoops(op.stride(), op.padding(), in[0], in[1], in[FusedConv2d.BIAS], y);
      finishLoops(y, residual, op.relu());
      return;
    }
    Optional<ConvolutionEpilogue> rows = ConvolutionEpilogue.fit(y, residual, op.relu(), cpu);
    if (rows.isEmpty()) {
      convolve(op, in, y, residual, after(residual != null, op.relu()), cpu);
      return;
    }
    Optional<Conv2dWinograd> winograd =
        Conv2dWinograd.fit(in[0], in[1], y, op.stride(), op.padding(), cpu);
    if (winograd.isPresent()) {
      ConvolutionEpilogue finish = rows.get().adding(in[FusedConv2d.BIAS]);
      winograd.get().forward(in[0], in[1], y, op.padding(), finish::pixels);
    } else {
      convolve(op, in, y, null, Convolution.After.NOTHING, cpu);
      rows.get().all();
    }
  }

  private static Convolution.After after(boolean residual, boolean relu) {
    if (residual) {
      return relu ? Convolution.After.ADD_RELU : Convolution.After.ADD;
    }
    return relu ? Convolution.After.RELU : Convolution.After.NOTHING;
  }

  private static void convolve(
      FusedConv2d op,
      Tensor[] in,
      Tensor y,
      @Nullable Tensor addend,
      Convolution.After after,
      Cpu cpu) {
    OneDnn library = cpu.oneDnn();
    Tensor bias = in[FusedConv2d.BIAS];
    Primitive primitive =
        library.primitive(
            Convolution.forward(in[0], in[1], bias, y, op.stride(), op.padding(), after));
    if (addend != null) {
      primitive.with(Arg.ADDEND, addend);
    }
    try (Scope scratch = cpu.scratch()) {
      Tensor weights = library.pack(in[1], primitive, Arg.WEIGHTS, scratch);
      primitive.with(Arg.SRC, in[0]).with(Arg.WEIGHTS, weights).with(Arg.BIAS, bias);
      primitive.with(Arg.DST, y).run();
    }
  }

  private static void finishLoops(Tensor y, @Nullable Tensor residual, boolean relu) {
    View values = View.of(y);
    View added = residual == null ? null : View.of(residual);
    for (long i = 0; i < y.elements(); i++) {
      double value = values.get(i) + (added == null ? 0 : added.get(i));
      values.set(i, relu ? Math.max(value, 0) : value);
    }
  }
}
