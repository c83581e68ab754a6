package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.AdamStepLaunch;
import org.clusternet.kernels.Element;

/** One launch over the flat buffers; what the decays leave is formed in F64 and rounded once. */
final class AdamStepCuda {
  private AdamStepCuda() {}

  static void run(AdamStep op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Element element = CudaOperands.element(op, in[0]);
    long n = in[0].elements();
    cuda.launch(
        new AdamStepLaunch(
            address(in[0]),
            address(in[1]),
            address(in[2]),
            address(in[3]),
            address(in[4]),
            in.length > 5 ? address(in[5]) : 0,
            n,
            (float) op.beta1(),
            (float) (1 - op.beta1()),
            (float) op.beta2(),
            (float) (1 - op.beta2()),
            (float) op.epsilon(),
            cuda.gridFor(n / element.lanes()),
            cuda.block()));
  }
}
