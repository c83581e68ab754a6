package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.kernels.CamWeightingLaunch;
import org.clusternet.kernels.CamWeightingLaunch.Extents;

/** A warp per pixel, and a thread per element of the gradients. */
final class CamWeightingCuda {
  private static final int WARP = 32;

  private CamWeightingCuda() {}

  private static Extents extents(TensorType features, int classes) {
    return new Extents(
        features.dim(0), features.dim(2) * features.dim(3), classes, features.dim(1));
  }

  static void forward(CamWeighting op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Extents extents = extents(in[0].type(), in[1].dim(0));
    cuda.launch(
        new CamWeightingLaunch.Forward(
            CudaOperands.element(op, in[0]),
            address(in[0]),
            address(in[1]),
            address(in[2]),
            address(out[0]),
            extents,
            cuda.gridFor(extents.pixels() * WARP),
            cuda.block()));
  }

  static void backwardFeatures(
      CamWeighting.BackwardFeatures op, Tensor[] in, Tensor[] out, Cuda cuda) {
    cuda.launch(
        new CamWeightingLaunch.BackwardFeatures(
            CudaOperands.element(op, out[0]),
            address(in[0]),
            address(in[1]),
            address(in[2]),
            address(out[0]),
            extents(op.features(), in[0].dim(0)),
            cuda.gridFor(out[0].elements()),
            cuda.block()));
  }

  static void backwardWeight(CamWeighting.BackwardWeight op, Tensor[] in, Tensor[] out, Cuda cuda) {
    cuda.launch(
        new CamWeightingLaunch.BackwardWeight(
            CudaOperands.element(op, in[0]),
            address(in[0]),
            address(in[1]),
            address(in[2]),
            address(out[0]),
            extents(in[0].type(), op.weight().dim(0)),
            cuda.gridFor(out[0].elements()),
            cuda.block()));
  }
}
