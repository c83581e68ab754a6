package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.Element;
import org.clusternet.kernels.ShortRows;
import org.clusternet.kernels.SoftmaxLaunch;

/** A group of lanes per row. */
final class SoftmaxCuda {
  private SoftmaxCuda() {}

  static void forward(Softmax op, Tensor[] in, Tensor[] out, Cuda cuda) {
    ShortRows rows = rows(in[0]);
    cuda.launch(
        new SoftmaxLaunch.Forward(
            element(op, in[0]),
            op.log(),
            address(in[0]),
            address(out[0]),
            rows,
            cuda.gridFor(rows.threads()),
            cuda.block()));
  }

  static void backward(Softmax.Backward op, Tensor[] in, Tensor[] out, Cuda cuda) {
    ShortRows rows = rows(in[0]);
    cuda.launch(
        new SoftmaxLaunch.Backward(
            element(op, in[0]),
            op.log(),
            address(in[0]),
            address(in[1]),
            address(out[0]),
            rows,
            cuda.gridFor(rows.threads()),
            cuda.block()));
  }

  private static Element element(Op op, Tensor tensor) {
    return CudaOperands.element(op, tensor);
  }

  private static ShortRows rows(Tensor x) {
    return new ShortRows(x.dim(0), x.dim(1));
  }
}
