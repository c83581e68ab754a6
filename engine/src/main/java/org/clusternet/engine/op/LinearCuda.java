package org.clusternet.engine.op;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.tensor.Tensor;

/** The product of {@link MatMul} with the weight transposed, and the bias added to its rows. */
final class LinearCuda {
  private LinearCuda() {}

  static void run(Linear op, Tensor[] in, Tensor[] out, Cuda cuda) {
    MatMulCuda.product(in[0], false, in[1], true, false, out[0], cuda);
    if (in.length == 3) {
      Conv2dCuda.addBias(out[0], in[2], cuda);
    }
  }
}
