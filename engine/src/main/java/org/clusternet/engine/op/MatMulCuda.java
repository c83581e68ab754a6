package org.clusternet.engine.op;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.api.Gemm;
import org.clusternet.engine.tensor.Tensor;

/** One product of cuBLAS. */
final class MatMulCuda {
  private MatMulCuda() {}

  static void run(MatMul op, Tensor[] in, Tensor[] out, Cuda cuda) {
    product(in[0], op.transposeA(), in[1], op.transposeB(), false, out[0], cuda);
  }

  /** {@code c = op(a) op(b)}, added to what c holds where asked to. */
  static void product(
      Tensor a,
      boolean transposeA,
      Tensor b,
      boolean transposeB,
      boolean accumulate,
      Tensor c,
      Cuda cuda) {
    int inner = a.dim(transposeA ? 0 : 1);
    Gemm gemm = new Gemm(c.dtype(), transposeA, transposeB, c.dim(0), c.dim(1), inner, accumulate);
    cuda.gemm(gemm, a, b, c);
  }
}
