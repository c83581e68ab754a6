package org.clusternet.engine.cuda.api;

/** Products of matrices on the GPU. The same call gives the same bits. */
public interface Blas extends AutoCloseable {

  /** The library and its version, for messages. */
  String describe();

  /** Starts a product of the matrices at three addresses. */
  void gemm(Gemm gemm, MathMode math, long a, long b, long c, Stream stream);

  @Override
  void close();
}
