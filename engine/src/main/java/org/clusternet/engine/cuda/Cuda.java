package org.clusternet.engine.cuda;

import org.clusternet.engine.cuda.api.ConvolutionProblem;
import org.clusternet.engine.cuda.api.Gemm;
import org.clusternet.engine.tensor.Scope;
import org.clusternet.engine.tensor.Tensor;
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

  /**
   * Starts a product of matrices on cuBLAS; F32 numbers are multiplied as the settings of the
   * device say.
   */
  void gemm(Gemm gemm, Tensor a, Tensor b, Tensor c);

  /**
   * Starts one pass of a convolution on cuDNN: it overwrites y, the gradient of x or that of w. All
   * three are of one type, F32 or BF16.
   */
  void convolve(
      ConvolutionProblem.Pass pass, Tensor x, Tensor w, Tensor y, int stride, int padding);

  /** Starts a copy of bytes between tensors of one size. */
  void copy(Tensor from, Tensor to);

  /** A scope for memory that is needed until the work started in it has run. */
  Scope scratch();
}
