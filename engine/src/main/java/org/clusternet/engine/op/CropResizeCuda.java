package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.CropResizeLaunch;
import org.clusternet.kernels.Resize;

/**
 * As {@link ResizeBilinearCuda}, in boxes. A box that does not lie in its image cannot be refused
 * here, where its corners are not known: it gives NaN.
 */
final class CropResizeCuda {
  private CropResizeCuda() {}

  static void forward(CropResize op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Resize resize = ResizeBilinearCuda.extents(in[0].type(), out[0].type());
    cuda.launch(
        new CropResizeLaunch.Forward(
            CudaOperands.element(op, in[0]),
            address(in[0]),
            address(in[1]),
            address(out[0]),
            resize,
            ResizeBilinearCuda.strips(resize, cuda),
            ResizeBilinearCuda.block(resize, cuda)));
  }

  static void backward(CropResize.Backward op, Tensor[] in, Tensor[] out, Cuda cuda) {
    cuda.launch(
        new CropResizeLaunch.Backward(
            CudaOperands.element(op, in[1]),
            address(in[1]),
            address(in[0]),
            address(out[0]),
            ResizeBilinearCuda.extents(op.image(), in[1].type()),
            cuda.gridFor(out[0].elements()),
            cuda.block()));
  }
}
