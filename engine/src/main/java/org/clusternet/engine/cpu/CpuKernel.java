package org.clusternet.engine.cpu;

import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.Tensor;

/**
 * How the CPU computes one class of ops.
 *
 * @param <O> the op
 */
@FunctionalInterface
public interface CpuKernel<O extends Op> {

  /** Computes the outputs; their types are what {@link Op#infer} said. */
  void run(O op, Tensor[] in, Tensor[] out, Cpu cpu);
}
