package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.region.ThresholdLevel;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.Element;
import org.clusternet.kernels.ThresholdLaunch;

/** Sixteen bytes of the map a thread; tau is brought to F32 such that no comparison changes. */
final class ThresholdCuda {
  private ThresholdCuda() {}

  static void run(Threshold op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Element element = CudaOperands.element(op, in[0]);
    long n = in[0].elements();
    cuda.launch(
        new ThresholdLaunch(
            element,
            address(in[0]),
            address(out[0]),
            n,
            ThresholdLevel.leastFloat(op.tau()),
            cuda.gridFor((n + element.lanes() - 1) / element.lanes()),
            cuda.block()));
  }
}
