package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.MaskCombineLaunch;

/** Sixteen pixels a thread. */
final class MaskCombineCuda {
  private static final int PIXELS = 16;

  private MaskCombineCuda() {}

  static void run(MaskCombine op, Tensor[] in, Tensor[] out, Cuda cuda) {
    long n = out[0].elements();
    cuda.launch(
        new MaskCombineLaunch(
            op.mode() == MaskCombine.Mode.UNION,
            address(in[0]),
            address(in[1]),
            address(out[0]),
            n,
            cuda.gridFor((n + PIXELS - 1) / PIXELS),
            cuda.block()));
  }
}
