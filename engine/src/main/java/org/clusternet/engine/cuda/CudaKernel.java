package org.clusternet.engine.cuda;

import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.Tensor;

/**
 * How the CUDA device computes one class of ops: which kernels or library calls, with which
 * launches.
 *
 * @param <O> the op
 */
@FunctionalInterface
public interface CudaKernel<O extends Op> {

  /** Starts the work that fills the outputs; their types are what {@link Op#infer} said. */
  void run(O op, Tensor[] in, Tensor[] out, Cuda cuda);
}
