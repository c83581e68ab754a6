package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.Element;
import org.clusternet.kernels.UnaryLaunch;

/** One launch over runs of 16 bytes; a gradient reads x or y, whichever the function needs. */
final class UnaryCuda {
  private UnaryCuda() {}

  private static UnaryLaunch.Function function(UnaryFunction f) {
    return UnaryLaunch.Function.valueOf(f.name());
  }

  static void forward(Unary op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Element element = CudaOperands.element(op, in[0]);
    long n = out[0].elements();
    cuda.launch(
        new UnaryLaunch.Forward(
            function(op.function()),
            element,
            address(in[0]),
            address(out[0]),
            n,
            cuda.gridFor(n / element.lanes()),
            cuda.block()));
  }

  static void backward(Unary.Backward op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Element element = CudaOperands.element(op, in[2]);
    UnaryLaunch.Function function = function(op.function());
    long n = out[0].elements();
    cuda.launch(
        new UnaryLaunch.Backward(
            function,
            element,
            address(in[function.savesInput() ? 0 : 1]),
            address(in[2]),
            address(out[0]),
            n,
            cuda.gridFor(n / element.lanes()),
            cuda.block()));
  }
}
