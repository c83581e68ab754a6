package org.clusternet.engine.cuda.api;

/**
 * All that a CUDA device stands on.
 *
 * @param driver the driver of one GPU
 * @param blas on that GPU
 * @param dnn on that GPU
 */
public record CudaLibraries(Driver driver, Blas blas, Dnn dnn) implements AutoCloseable {

  /** Ends all three, the driver last and in any case. */
  @Override
  public void close() {
    try {
      dnn.close();
    } finally {
      try {
        blas.close();
      } finally {
        driver.close();
      }
    }
  }
}
