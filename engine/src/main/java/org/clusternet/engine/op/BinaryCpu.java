package org.clusternet.engine.op;

import java.util.Arrays;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.cpu.onednn.Arg;
import org.clusternet.engine.cpu.onednn.Elementwise;
import org.clusternet.engine.tensor.Broadcasting;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;

/**
 * Plain loops, but for the one case that is on a training step's path: the sum of two tensors of
 * one shape, by which gradients are accumulated.
 */
final class BinaryCpu {
  private static final long GRAIN = 1 << 15;

  private BinaryCpu() {}

  static void forward(Binary op, Tensor[] in, Tensor[] out, Cpu cpu) {
    if (op.function() == BinaryFunction.ADD && in[0].shape().equals(in[1].shape())) {
      add(in, out[0], cpu);
      return;
    }
    Shape shape = out[0].shape();
    double[] a = stretched(in[0], shape);
    double[] b = stretched(in[1], shape);
    View y = View.of(out[0]);
    for (int i = 0; i < a.length; i++) {
      y.set(i, op.function().value(a[i], b[i]));
    }
  }

  private static void add(Tensor[] in, Tensor out, Cpu cpu) {
    if (cpu.accelerates(out)) {
      cpu.oneDnn()
          .primitive(Elementwise.add(out, false))
          .with(Arg.SRC, in[0])
          .with(Arg.SRC_1, in[1])
          .with(Arg.DST, out)
          .run();
      return;
    }
    DType dtype = out.dtype();
    View a = View.of(in[0]);
    View b = View.of(in[1]);
    cpu.workers()
        .run(
            out.elements(),
            GRAIN,
            (from, to) -> {
              for (long i = from; i < to; i++) {
                dtype.set(out.memory(), i, a.get(i) + b.get(i));
              }
            });
  }

  static void backward(Binary.Backward op, Tensor[] in, Tensor[] out, Cpu cpu) {
    Shape shape = out[0].shape();
    double[] a = stretched(in[0], shape);
    double[] b = stretched(in[1], shape);
    View upstream = View.of(in[2]);
    View dx = View.of(out[0]);
    for (int i = 0; i < a.length; i++) {
      dx.set(i, upstream.get(i) * op.function().derivative(op.operand(), a[i], b[i]));
    }
  }

  private static double[] stretched(Tensor tensor, Shape shape) {
    View view = View.of(tensor);
    double[] values = new double[Math.toIntExact(shape.elements())];
    if (tensor.shape().equals(shape)) {
      Arrays.setAll(values, view::get);
    } else {
      Broadcasting.walk(tensor.shape(), shape, (from, to) -> values[(int) to] = view.get(from));
    }
    return values;
  }
}
