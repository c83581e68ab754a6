package org.clusternet.engine.op.family;

import java.util.List;
import java.util.function.Supplier;
import org.clusternet.engine.cpu.CpuKernel;
import org.clusternet.engine.cuda.CudaKernel;
import org.clusternet.engine.spi.Op;

/**
 * All that belongs to one stem: the op, the ops of its gradient, how each device computes them, and
 * sample inputs that exercise every one of them.
 *
 * @param stem the file-name stem
 * @param samples inputs for the generic tests
 * @param entries the ops
 */
public record OpFamily(String stem, Supplier<List<Sample>> samples, List<Entry<?>> entries) {

  /**
   * One class of ops and its kernels.
   *
   * @param op the class
   * @param cpu its kernel on the CPU
   * @param cuda its kernel on CUDA
   * @param <O> the op
   */
  public record Entry<O extends Op>(Class<O> op, CpuKernel<O> cpu, CudaKernel<O> cuda) {}

  /** A family of a stem, its samples and its ops. */
  public static OpFamily of(String stem, Supplier<List<Sample>> samples, Entry<?>... entries) {
    return new OpFamily(stem, samples, List.of(entries));
  }

  /** One class of ops and its kernels. */
  public static <O extends Op> Entry<O> entry(Class<O> op, CpuKernel<O> cpu, CudaKernel<O> cuda) {
    return new Entry<>(op, cpu, cuda);
  }
}
