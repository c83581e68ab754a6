package org.clusternet.engine.op;

import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.tensor.Tensor;

/** The product of {@link MatMul} with the weight transposed and the bias added in the same pass. */
final class LinearCpu {
  private LinearCpu() {}

  static void run(Linear op, Tensor[] in, Tensor[] out, Cpu cpu) {
    Tensor bias = in.length == 3 ? in[2] : null;
    MatMulCpu.product(in[0], false, in[1], true, bias, out[0], cpu);
  }
}
