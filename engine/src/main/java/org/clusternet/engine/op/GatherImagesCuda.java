package org.clusternet.engine.op;

import static org.clusternet.engine.cuda.launch.CudaOperands.address;

import org.clusternet.engine.cuda.Cuda;
import org.clusternet.engine.cuda.launch.CudaOperands;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.kernels.Element;
import org.clusternet.kernels.GatherImagesLaunch;

/** One launch over runs of 16 bytes of the batch. */
final class GatherImagesCuda {
  private GatherImagesCuda() {}

  static void run(GatherImages op, Tensor[] in, Tensor[] out, Cuda cuda) {
    Element element = CudaOperands.element(op, in[0]);
    int images = in[0].dim(0);
    cuda.launch(
        new GatherImagesLaunch(
            element,
            address(in[0]),
            images,
            address(in[1]),
            address(out[0]),
            in[1].dim(0),
            in[0].elements() / images,
            op.channels(),
            cuda.gridFor(out[0].elements() / element.lanes()),
            cuda.block()));
  }
}
