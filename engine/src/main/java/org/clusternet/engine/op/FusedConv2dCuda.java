package org.clusternet.engine.op;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.api.ConvolutionProblem.Pass;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.Element;

/**
 * cuDNN's convolution, then in place the pass of batch normalisation that writes, which adds bias
 * and residual and takes the ReLU on its way.
 */
final class FusedConv2dCuda {
  private FusedConv2dCuda() {}

  static void run(FusedConv2d op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Tensor y = out[0];
    Element element = CudaOperands.element(op, y);
    cuda.convolve(Pass.FORWARD, in[0], in[1], y, op.stride(), op.padding());
    Tensor residual = in.length > FusedConv2d.RESIDUAL ? in[FusedConv2d.RESIDUAL] : null;
    BatchNormCuda.addInPlace(element, y, in[FusedConv2d.BIAS], residual, op.relu(), cuda);
  }
}
