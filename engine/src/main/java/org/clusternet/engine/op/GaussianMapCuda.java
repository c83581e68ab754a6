package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.region.GaussianBell;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.Element;
import org.clusternet.kernels.GaussianMapLaunch;
import org.clusternet.kernels.Resize;

/**
 * The brightest pixel of parts of each image, or its peak where it is given, then the density about
 * the brightest of all.
 */
final class GaussianMapCuda {
  /** Loads of 16 bytes that a thread has in flight. */
  private static final int IN_FLIGHT = 4;

  private GaussianMapCuda() {}

  static void run(GaussianMap op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Tensor image = in[0];
    int height = image.dim(2);
    int width = image.dim(3);
    if (Math.max(height, width) > Resize.MAX_SIDE) {
      throw new UnsupportedOperationException(
          op + " of " + image + ": on cuda a side has at most " + Resize.MAX_SIDE + " pixels");
    }
    int samples = image.dim(0);
    Element element = CudaOperands.element(op, image);
    long elements = image.elements() / samples;
    int perThread = IN_FLIGHT * element.lanes();
    Dim grid = MinMaxNormaliseCuda.parts(samples, (elements + perThread - 1) / perThread, cuda);
    long strips = samples * Dim.blocks(height, GaussianMapLaunch.Density.ROWS);
    try (Scope scratch = cuda.scratch()) {
      Tensor partial = scratch.allocate(TensorType.of(DType.F64, samples, grid.x()));
      cuda.launch(
          new GaussianMapLaunch.Brightest(
              element,
              address(image),
              in.length > 1 ? address(in[1]) : 0,
              address(partial),
              height,
              width,
              image.dim(1),
              grid,
              cuda.block()));
      cuda.launch(
          new GaussianMapLaunch.Density(
              address(partial),
              address(out[0]),
              samples,
              grid.x(),
              height,
              width,
              op.lambda(),
              GaussianBell.peak(height, width, op.lambda()),
              Dim.of(Math.min(strips, cuda.residentBlocks())),
              cuda.block()));
    }
  }
}
