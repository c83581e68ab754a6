package org.clusternet.engine.op;

import java.lang.foreign.MemorySegment;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.Simd;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Tensor;

/** Vector loops over parts of the buffers for F32, a plain loop for the oracle. */
final class AdamStepCpu {
  private static final long GRAIN = 1 << 15;

  private AdamStepCpu() {}

  static void run(AdamStep op, Tensor[] in, Tensor[] out, Cpu cpu) {
    if (in.length > 5 && !Double.isFinite(View.of(in[5]).get(0))) {
      return;
    }
    if (in[0].dtype() == DType.F64) {
      loop(op, in);
      return;
    }
    MemorySegment p = in[0].memory();
    MemorySegment g = in[1].memory();
    MemorySegment m = in[2].memory();
    MemorySegment v = in[3].memory();
    View schedule = View.of(in[4]);
    Simd.AdamCoefficients coefficients =
        Simd.AdamCoefficients.of(
            op.beta1(),
            op.beta2(),
            op.epsilon(),
            schedule.get(0),
            schedule.get(1),
            schedule.get(2));
    cpu.workers()
        .run(
            in[0].elements(),
            GRAIN,
            (from, to) -> cpu.simd().adam(p, g, m, v, from, to, coefficients));
  }

  private static void loop(AdamStep op, Tensor[] in) {
    View p = View.of(in[0]);
    View g = View.of(in[1]);
    View m = View.of(in[2]);
    View v = View.of(in[3]);
    View schedule = View.of(in[4]);
    double rate = schedule.get(0);
    double meanCorrection = schedule.get(1);
    double squareCorrection = schedule.get(2);
    for (long i = 0; i < in[0].elements(); i++) {
      double gi = g.get(i);
      double mi = op.beta1() * m.get(i) + (1 - op.beta1()) * gi;
      double vi = op.beta2() * v.get(i) + (1 - op.beta2()) * gi * gi;
      m.set(i, mi);
      v.set(i, vi);
      double root = Math.sqrt(vi / squareCorrection) + op.epsilon();
      p.set(i, p.get(i) - rate * (mi / meanCorrection) / root);
    }
  }
}
