package org.clusternet.engine.op;

import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.cpu.onednn.Arg;
import org.clusternet.engine.cpu.onednn.MatrixProduct;
import org.clusternet.engine.cpu.onednn.Primitive;
import org.clusternet.engine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** oneDNN's product for F32 and BF16; three plain loops, parallel over rows, for the oracle. */
final class MatMulCpu {
  private static final long GRAIN = 1 << 12;

  private MatMulCpu() {}

  static void run(MatMul op, Tensor[] in, Tensor[] out, Cpu cpu) {
    product(in[0], op.transposeA(), in[1], op.transposeB(), null, out[0], cpu);
  }

  /** {@code c = op(a) op(b) + bias}; the bias, where there is one, has a number per column. */
  static void product(
      Tensor a,
      boolean transposeA,
      Tensor b,
      boolean transposeB,
      @Nullable Tensor bias,
      Tensor c,
      Cpu cpu) {
    if (!cpu.accelerates(c)) {
      loops(a, transposeA, b, transposeB, bias, c, cpu);
      return;
    }
    Primitive primitive =
        cpu.oneDnn().primitive(MatrixProduct.of(a, transposeA, b, transposeB, bias, c));
    if (bias != null) {
      primitive.with(Arg.BIAS, bias);
    }
    primitive.with(Arg.SRC, a).with(Arg.WEIGHTS, b).with(Arg.DST, c).run();
  }

  private static void loops(
      Tensor a,
      boolean transposeA,
      Tensor b,
      boolean transposeB,
      @Nullable Tensor bias,
      Tensor c,
      Cpu cpu) {
    View left = View.of(a);
    View right = View.of(b);
    View shift = bias == null ? null : View.of(bias);
    View y = View.of(c);
    int inner = a.dim(transposeA ? 0 : 1);
    int columns = c.dim(1);
    cpu.workers()
        .run(
            c.dim(0),
            Math.max(1, GRAIN / ((long) inner * columns)),
            (from, to) -> {
              for (int i = (int) from; i < to; i++) {
                for (int j = 0; j < columns; j++) {
                  double sum = 0;
                  for (int k = 0; k < inner; k++) {
                    double l = transposeA ? left.at(k, i) : left.at(i, k);
                    sum += l * (transposeB ? right.at(j, k) : right.at(k, j));
                  }
                  y.put(i, j, shift == null ? sum : sum + shift.get(j));
                }
              }
            });
  }
}
