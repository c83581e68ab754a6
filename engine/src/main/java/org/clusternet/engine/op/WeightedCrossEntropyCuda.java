package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.WeightedCrossEntropyLaunch;

/**
 * The whole batch in one block. Labels are on the GPU and are not waited for: one that is no class
 * makes the loss NaN instead of throwing.
 */
final class WeightedCrossEntropyCuda {
  private WeightedCrossEntropyCuda() {}

  static void forward(WeightedCrossEntropy op, Tensor[] in, Tensor[] out, Cuda cuda) {
    CudaOperands.element(op, in[0]);
    cuda.launch(
        new WeightedCrossEntropyLaunch.Forward(
            address(in[0]),
            address(in[1]),
            address(in[2]),
            address(out[0]),
            address(out[1]),
            in[0].dim(0),
            in[0].dim(1),
            cuda.block()));
  }

  static void backwardLogits(
      WeightedCrossEntropy.BackwardLogits op, Tensor[] in, Tensor[] out, Cuda cuda) {
    CudaOperands.element(op, in[0]);
    cuda.launch(
        new WeightedCrossEntropyLaunch.BackwardLogits(
            address(in[0]),
            address(in[1]),
            address(in[2]),
            address(in[3]),
            address(out[0]),
            in[0].dim(0),
            in[0].dim(1),
            cuda.gridFor(in[0].elements()),
            cuda.block()));
  }

  static void backwardWeights(
      WeightedCrossEntropy.BackwardWeights op, Tensor[] in, Tensor[] out, Cuda cuda) {
    CudaOperands.element(op, in[0]);
    cuda.launch(
        new WeightedCrossEntropyLaunch.BackwardWeights(
            address(in[0]),
            address(in[1]),
            address(in[2]),
            address(out[0]),
            in[0].dim(0),
            in[0].dim(1),
            cuda.gridFor(32L * in[0].dim(1)),
            cuda.block()));
  }
}
