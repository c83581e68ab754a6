package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.AffineLaunch;
import org.clusternet.kernels.Element;

/** One launch over runs of 16 bytes. */
final class AffineCuda {
  private AffineCuda() {}

  static void run(Affine op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Element element = CudaOperands.element(op, in[0]);
    long n = out[0].elements();
    cuda.launch(
        new AffineLaunch(
            element,
            address(in[0]),
            address(out[0]),
            n,
            op.scale(),
            op.shift(),
            cuda.gridFor(n / element.lanes()),
            cuda.block()));
  }
}
