package org.clusternet.engine.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import org.clusternet.engine.cpu.foreign.HostMemory;
import org.clusternet.engine.cpu.onednn.OneDnn;
import org.clusternet.engine.spi.Device;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.tensor.MemoryPool;
import org.clusternet.engine.tensor.Tensor;

/**
 * The device that is always there. F32 and BF16 convolution, normalisation, pooling and products
 * run on oneDNN, everything else in Java; F64 runs in plain loops and is the oracle that every
 * other path is tested against.
 *
 * <p>Ops run at once, one after the other, on the caller's thread and its workers. For the same
 * number of threads the same calls give the same bits.
 */
public final class CpuDevice implements Device {
  private final Map<Class<? extends Op>, CpuKernel<?>> kernels;
  private final MemoryPool memory;
  private final Workers workers;
  private final Cpu cpu;
  private final Optional<OneDnn> oneDnn;

  /**
   * A CPU device.
   *
   * @param kernels the kernel of each class of ops
   * @param threads number of threads
   * @param oneDnn the library, or empty to compute everything in plain Java
   */
  public CpuDevice(
      Map<Class<? extends Op>, CpuKernel<?>> kernels, int threads, Optional<OneDnn> oneDnn) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads=" + threads + "; at least 1 is needed");
    }
    this.kernels = kernels;
    this.memory = new MemoryPool(new HostMemory());
    this.workers = new Workers(threads, team(threads, oneDnn));
    this.oneDnn = oneDnn;
    this.cpu = new Cpu(workers, Simd.best(), memory, oneDnn);
  }

  private static Team team(int threads, Optional<OneDnn> oneDnn) {
    return oneDnn.isPresent()
        ? (parts, part) -> oneDnn.get().parallel(threads, parts, part)
        : new ThreadTeam(threads);
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public String describe() {
    return "cpu: %d thread%s, %s, %s"
        .formatted(
            workers.threads(),
            workers.threads() == 1 ? "" : "s",
            oneDnn
                .map(OneDnn::describe)
                .orElse("plain Java (oneDNN has no build for this platform)"),
            cpu.simd().describe());
  }

  @Override
  public MemoryPool memory() {
    return memory;
  }

  @Override
  public synchronized void run(Op op, Tensor[] inputs, Tensor[] outputs) {
    CpuKernel<?> kernel = kernels.get(op.getClass());
    if (kernel == null) {
      throw new UnsupportedOperationException(op.name() + " has no kernel on the cpu");
    }
    for (Tensor output : outputs) {
      output.requireWritable(op.name());
    }
    oneDnn.ifPresent(library -> library.enter(workers.threads(), memory));
    start(kernel, op, inputs, outputs);
  }

  @SuppressWarnings("unchecked") // the registry pairs each kernel with the class of its op
  private <O extends Op> void start(CpuKernel<O> kernel, Op op, Tensor[] in, Tensor[] out) {
    kernel.run((O) op, in, out, cpu);
  }

  @Override
  public void upload(MemorySegment host, Tensor tensor) {
    requireSize(host, tensor);
    tensor.requireWritable("upload");
    tensor.memory().copyFrom(host);
  }

  @Override
  public void download(Tensor tensor, MemorySegment host) {
    requireSize(host, tensor);
    host.copyFrom(tensor.memory());
  }

  private static void requireSize(MemorySegment host, Tensor tensor) {
    if (host.byteSize() != tensor.type().bytes()) {
      throw new IllegalArgumentException(
          "copy: host memory has " + host.byteSize() + " bytes, " + tensor + " differs");
    }
  }

  @Override
  public void synchronize() {
    // Ops have ended when run returns.
  }

  @Override
  public void close() {
    memory.close();
    workers.close();
  }
}
