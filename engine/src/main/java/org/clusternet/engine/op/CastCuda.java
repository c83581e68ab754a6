package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;
import static org.clusternet.engine.cuda.launch.CudaOperands.element;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.CastLaunch;
import org.clusternet.kernels.Element;

/**
 * One launch, or a copy to the same type. F64 is cast too, so that it can be brought to the GPU.
 */
final class CastCuda {
  private CastCuda() {}

  static void run(Cast op, Tensor[] in, Tensor[] out, Cuda cuda) {
    if (in[0].dtype() == out[0].dtype()) {
      cuda.copy(in[0], out[0]);
      return;
    }
    Element from = element(in[0].dtype());
    Element to = element(out[0].dtype());
    long n = out[0].elements();
    cuda.launch(
        new CastLaunch(
            from,
            to,
            address(in[0]),
            address(out[0]),
            n,
            cuda.gridFor(n / Math.min(from.lanes(), to.lanes())),
            cuda.block()));
  }
}
