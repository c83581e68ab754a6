package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.cuda.launch.DeviceSums;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.Element;
import org.clusternet.kernels.GlobalAveragePoolLaunch;

/** The mean is a sum over pixels with a factor; its gradient a kernel of its own. */
final class GlobalAveragePoolCuda {
  private GlobalAveragePoolCuda() {}

  static void forward(GlobalAveragePool op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Tensor x = in[0];
    CudaOperands.element(op, x);
    long pixels = (long) x.dim(2) * x.dim(3);
    new DeviceSums(cuda, 1.0 / pixels)
        .start(DeviceSums.Array.of(x), DeviceSums.Array.of(out[0]), x.dim(0), pixels, x.dim(1));
  }

  static void backward(GlobalAveragePool.Backward op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Tensor gradient = out[0];
    Element element = CudaOperands.element(op, gradient);
    long pixels = (long) gradient.dim(2) * gradient.dim(3);
    int lanes = element.lanes(gradient.dim(1), address(in[0]), address(gradient));
    cuda.launch(
        new GlobalAveragePoolLaunch(
            element,
            lanes,
            address(in[0]),
            address(gradient),
            gradient.dim(0),
            pixels,
            gradient.dim(1),
            cuda.gridFor(gradient.elements() / lanes),
            cuda.block()));
  }
}
