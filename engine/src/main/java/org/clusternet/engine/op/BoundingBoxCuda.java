package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.BoundingBoxLaunch;
import org.clusternet.kernels.Dim;

/** A block per mask. */
final class BoundingBoxCuda {
  private BoundingBoxCuda() {}

  static void run(BoundingBox op, Tensor[] in, Tensor[] out, Cuda cuda) {
    int samples = in[0].dim(0);
    cuda.launch(
        new BoundingBoxLaunch(
            address(in[0]),
            address(out[0]),
            samples,
            in[0].dim(2),
            in[0].dim(3),
            Dim.of(Math.min(samples, cuda.residentBlocks())),
            cuda.block()));
  }
}
