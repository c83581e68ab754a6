package org.clusternet.engine.cuda;

import org.clusternet.engine.tensor.Scope;
import org.clusternet.kernels.Dim;
import org.clusternet.kernels.Launch;

/** What a CUDA kernel of an op works with: launches, libraries and scratch memory. */
public interface Cuda {

  /** Starts a kernel; it runs after all that was started before. */
  void launch(Launch launch);

  /** Threads per block for kernels that work at any multiple of 32. */
  int blockSize();

  /** A block of {@link #blockSize} threads. */
  default Dim block() {
    return Dim.of(blockSize());
  }

  /** How many blocks of {@link #blockSize} the GPU runs at once, at least; a limit for grids. */
  int residentBlocks();

  /**
   * A line of blocks of {@link #blockSize} for a grid-stride loop over {@code items}: as many as
   * cover them, but no more than the GPU runs at once.
   */
  default Dim gridFor(long items) {
    return Dim.of(Math.min(Dim.blocks(items, blockSize()), residentBlocks()));
  }

  /** A scope for memory that is needed until the work started in it has run. */
  Scope scratch();
}
