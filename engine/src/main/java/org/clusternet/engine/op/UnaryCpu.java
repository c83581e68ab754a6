package org.clusternet.engine.op;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.cpu.onednn.Arg;
import org.clusternet.engine.cpu.onednn.Elementwise;
import org.clusternet.engine.cpu.onednn.Elementwise.Algorithm;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;

/**
 * oneDNN for what it has; else the table, in parallel, in F64.
 *
 * <p>Three of oneDNN's functions are not used forward, because they hide what a user must see: its
 * ReLU turns NaN into 0 and its exponential NaN into infinity, so that a network that diverged
 * would go on as if nothing had happened; its logarithm is off by 1.4e-6 near 1, where the
 * logarithm itself is as small. Their gradients are sound.
 */
final class UnaryCpu {
  private static final long GRAIN = 1 << 12;
  private static final long RELU_GRAIN = 1 << 16;
  private static final int F32_MINUS_INFINITY = 0xFF800000;
  private static final short BF16_MINUS_INFINITY = (short) 0xFF80;

  private static final Map<UnaryFunction, Algorithm> BACKWARD =
      new EnumMap<>(
          Map.of(
              UnaryFunction.RELU, Algorithm.RELU,
              UnaryFunction.EXP, Algorithm.EXP,
              UnaryFunction.LOG, Algorithm.LOG,
              UnaryFunction.SQRT, Algorithm.SQRT,
              UnaryFunction.SQUARE, Algorithm.SQUARE,
              UnaryFunction.NEG, Algorithm.NEGATE,
              UnaryFunction.ABS, Algorithm.ABS,
              UnaryFunction.SIGMOID, Algorithm.LOGISTIC,
              UnaryFunction.TANH, Algorithm.TANH));

  private static final Map<UnaryFunction, Algorithm> FORWARD = new EnumMap<>(BACKWARD);

  static {
    FORWARD.keySet().removeAll(Set.of(UnaryFunction.RELU, UnaryFunction.EXP, UnaryFunction.LOG));
  }

  private UnaryCpu() {}

  static void forward(Unary op, Tensor[] in, Tensor[] out, Cpu cpu) {
    Algorithm algorithm = FORWARD.get(op.function());
    if (algorithm != null && cpu.accelerates(out[0])) {
      cpu.oneDnn()
          .primitive(Elementwise.forward(algorithm, in[0]))
          .with(Arg.SRC, in[0])
          .with(Arg.DST, out[0])
          .run();
    } else if (op.function() == UnaryFunction.RELU && out[0].dtype() != DType.F64) {
      relu(in[0], out[0], cpu);
    } else {
      table(op.function(), in[0], out[0], cpu);
    }
  }

  private static void table(UnaryFunction f, Tensor in, Tensor out, Cpu cpu) {
    View x = View.of(in);
    View y = View.of(out);
    cpu.workers()
        .run(
            out.elements(),
            GRAIN,
            (from, to) -> {
              for (long i = from; i < to; i++) {
                y.set(i, f.value(x.get(i)));
              }
            });
  }

  /**
   * By bits: read as signed integers, the negative numbers are those up to the bits of minus
   * infinity; the positive ones and NaN of either sign lie above and stay.
   */
  private static void relu(Tensor in, Tensor out, Cpu cpu) {
    MemorySegment x = in.memory();
    MemorySegment y = out.memory();
    boolean wide = out.dtype() == DType.F32;
    cpu.workers()
        .run(
            out.elements(),
            RELU_GRAIN,
            (from, to) -> {
              if (wide) {
                for (long i = from; i < to; i++) {
                  int bits = x.getAtIndex(JAVA_INT, i);
                  y.setAtIndex(JAVA_INT, i, bits > F32_MINUS_INFINITY ? bits : 0);
                }
              } else {
                for (long i = from; i < to; i++) {
                  short bits = x.getAtIndex(JAVA_SHORT, i);
                  y.setAtIndex(JAVA_SHORT, i, bits > BF16_MINUS_INFINITY ? bits : 0);
                }
              }
            });
  }

  static void backward(Unary.Backward op, Tensor[] in, Tensor[] out, Cpu cpu) {
    Algorithm algorithm = BACKWARD.get(op.function());
    if (algorithm != null && cpu.accelerates(out[0])) {
      Arg saved = algorithm.saved();
      cpu.oneDnn()
          .primitive(Elementwise.backward(algorithm, in[0]))
          .with(saved, saved == Arg.SRC ? in[0] : in[1])
          .with(Arg.DIFF_DST, in[2])
          .with(Arg.DIFF_SRC, out[0])
          .run();
      return;
    }
    View x = View.of(in[0]);
    View y = View.of(in[1]);
    View upstream = View.of(in[2]);
    View dx = View.of(out[0]);
    cpu.workers()
        .run(
            out[0].elements(),
            GRAIN,
            (from, to) -> {
              for (long i = from; i < to; i++) {
                dx.set(i, upstream.get(i) * op.function().derivative(x.get(i), y.get(i)));
              }
            });
  }
}
