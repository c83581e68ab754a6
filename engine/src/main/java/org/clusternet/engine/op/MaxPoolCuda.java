package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.tensor.Shape;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.Element;
import org.clusternet.kernels.MaxPoolLaunch;

/** A thread per 16 bytes of channels of an output; the gradient is gathered, not scattered. */
final class MaxPoolCuda {
  private MaxPoolCuda() {}

  static void forward(MaxPool op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Element element = CudaOperands.element(op, in[0]);
    int lanes = lanes(element, in[0], out[0], out[1]);
    cuda.launch(
        new MaxPoolLaunch.Forward(
            element,
            lanes,
            address(in[0]),
            address(out[0]),
            address(out[1]),
            windows(op, in[0].shape(), out[0].shape()),
            cuda.gridFor(out[0].elements() / lanes),
            cuda.block()));
  }

  static void backward(MaxPool.Backward op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Element element = CudaOperands.element(op, out[0]);
    int lanes = lanes(element, out[0], in[1], in[0]);
    cuda.launch(
        new MaxPoolLaunch.Backward(
            element,
            lanes,
            address(in[0]),
            address(in[1]),
            address(out[0]),
            windows(op.pool(), out[0].shape(), in[1].shape()),
            cuda.gridFor(out[0].elements() / lanes),
            cuda.block()));
  }

  private static int lanes(Element element, Tensor x, Tensor y, Tensor winners) {
    int lanes = element.lanes(x.dim(1), address(x), address(y));
    return address(winners) % lanes == 0 ? lanes : 1;
  }

  private static MaxPoolLaunch.Windows windows(MaxPool op, Shape x, Shape y) {
    return new MaxPoolLaunch.Windows(
        x.dim(0),
        x.dim(2),
        x.dim(3),
        y.dim(2),
        y.dim(3),
        x.dim(1),
        op.kernel(),
        op.stride(),
        op.padding());
  }
}
