package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.Element;
import org.clusternet.kernels.MinMaxNormaliseLaunch;

/** The extremes of parts, then the normalisation; enough parts that all samples fill the GPU. */
final class MinMaxNormaliseCuda {
  private MinMaxNormaliseCuda() {}

  static void run(MinMaxNormalise op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Element element = CudaOperands.element(op, in[0]);
    int samples = in[0].dim(0);
    long size = in[0].elements() / samples;
    Dim grid = parts(samples, (size + element.lanes() - 1) / element.lanes(), cuda);
    try (Scope scratch = cuda.scratch()) {
      Tensor partial = scratch.allocate(TensorType.of(DType.F32, samples, grid.x(), 2));
      cuda.launch(
          new MinMaxNormaliseLaunch.Extremes(
              element, address(in[0]), address(partial), size, grid, cuda.block()));
      cuda.launch(
          new MinMaxNormaliseLaunch.Apply(
              element,
              address(in[0]),
              address(partial),
              address(out[0]),
              size,
              grid,
              cuda.block()));
    }
  }

  /** A row of blocks for each sample, together no more than run at once. */
  static Dim parts(int samples, long threadsPerSample, Cuda cuda) {
    long wanted = Dim.blocks(threadsPerSample, cuda.blockSize());
    long fit = Math.max(1, cuda.residentBlocks() / samples);
    return Dim.of(Math.min(wanted, fit), samples);
  }
}
