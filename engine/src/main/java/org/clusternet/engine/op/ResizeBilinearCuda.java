package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.Resize;
import org.clusternet.kernels.ResizeBilinearLaunch;

/** A block per strip of the output; a thread per element of the gradient. */
final class ResizeBilinearCuda {
  private ResizeBilinearCuda() {}

  /** The extents of a resizing of images x to those of y. */
  static Resize extents(TensorType x, TensorType y) {
    return new Resize(x.dim(0), x.dim(1), x.dim(2), x.dim(3), y.dim(2), y.dim(3));
  }

  /** A block as large as the forward kernels allow. */
  static Dim block(Cuda cuda) {
    return Dim.of(Math.min(cuda.blockSize(), Resize.MAX_THREADS));
  }

  /** As {@link #block(Cuda)}, but no larger than a row of the output has work for. */
  static Dim block(Resize resize, Cuda cuda) {
    return Dim.of(Math.min(block(cuda).x(), resize.threadsOfRow()));
  }

  /** A block per strip, but no more than run at once. */
  static Dim strips(Resize resize, Cuda cuda) {
    long smaller = cuda.blockSize() / block(resize, cuda).x();
    return Dim.of(Math.min(resize.strips(), cuda.residentBlocks() * smaller));
  }

  static void forward(ResizeBilinear op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Resize resize = extents(in[0].type(), out[0].type());
    cuda.launch(
        new ResizeBilinearLaunch.Forward(
            CudaOperands.element(op, in[0]),
            address(in[0]),
            address(out[0]),
            resize,
            strips(resize, cuda),
            block(resize, cuda)));
  }

  static void backward(ResizeBilinear.Backward op, Tensor[] in, Tensor[] out, Cuda cuda) {
    cuda.launch(
        new ResizeBilinearLaunch.Backward(
            CudaOperands.element(op, in[0]),
            address(in[0]),
            address(out[0]),
            extents(op.x(), in[0].type()),
            cuda.gridFor(out[0].elements()),
            cuda.block()));
  }
}
