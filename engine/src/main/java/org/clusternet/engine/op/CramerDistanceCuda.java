package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.CramerDistanceLaunch;

/**
 * The whole batch in one block. Labels are on the GPU and are not waited for: one that is no class
 * makes the loss NaN instead of throwing.
 */
final class CramerDistanceCuda {
  private CramerDistanceCuda() {}

  static void forward(CramerDistance op, Tensor[] in, Tensor[] out, Cuda cuda) {
    CudaOperands.element(op, in[0]);
    cuda.launch(
        new CramerDistanceLaunch.Forward(
            address(in[0]),
            address(in[1]),
            address(out[0]),
            in[0].dim(0),
            in[0].dim(1),
            cuda.block()));
  }

  static void backward(CramerDistance.Backward op, Tensor[] in, Tensor[] out, Cuda cuda) {
    CudaOperands.element(op, in[0]);
    cuda.launch(
        new CramerDistanceLaunch.Backward(
            address(in[0]),
            address(in[1]),
            address(in[2]),
            address(out[0]),
            in[0].dim(0),
            in[0].dim(1),
            cuda.gridFor(in[0].dim(0)),
            cuda.block()));
  }
}
