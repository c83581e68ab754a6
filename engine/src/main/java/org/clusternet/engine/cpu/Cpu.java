package org.clusternet.engine.cpu;

import java.util.Optional;
import org.clusternet.engine.cpu.onednn.OneDnn;
import org.clusternet.engine.tensor.DType;
import org.clusternet.engine.tensor.MemoryPool;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;

/**
 * What a CPU kernel works with: threads, vector loops, scratch memory and, where there is one,
 * oneDNN.
 */
public final class Cpu {
  private final Workers workers;
  private final Simd simd;
  private final MemoryPool memory;
  private final Optional<OneDnn> oneDnn;

  Cpu(Workers workers, Simd simd, MemoryPool memory, Optional<OneDnn> oneDnn) {
    this.workers = workers;
    this.simd = simd;
    this.memory = memory;
    this.oneDnn = oneDnn;
  }

  /** The threads for parallel loops. */
  public Workers workers() {
    return workers;
  }

  /** Loops over long rows, with vector instructions where the JVM offers them. */
  public Simd simd() {
    return simd;
  }

  /** A scope for memory that a kernel needs while it runs. */
  public Scope scratch() {
    return new Scope(memory);
  }

  /**
   * Whether oneDNN is to compute on tensors like this one; otherwise plain loops do: F64 always
   * (they are the oracle), other types where the library is not available.
   */
  public boolean accelerates(Tensor tensor) {
    return oneDnn.isPresent() && tensor.dtype() != DType.F64;
  }

  /** The library; call only where {@link #accelerates} said so. */
  public OneDnn oneDnn() {
    return oneDnn.orElseThrow();
  }
}
