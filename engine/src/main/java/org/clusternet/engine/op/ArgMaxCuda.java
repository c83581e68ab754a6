package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.ArgMaxLaunch;

/** A thread per row. */
final class ArgMaxCuda {
  private ArgMaxCuda() {}

  static void run(ArgMax op, Tensor[] in, Tensor[] out, Cuda cuda) {
    cuda.launch(
        new ArgMaxLaunch(
            CudaOperands.element(op, in[0]),
            address(in[0]),
            address(out[0]),
            in[0].dim(0),
            in[0].dim(1),
            cuda.gridFor(in[0].dim(0)),
            cuda.block()));
  }
}
