package org.clusternet.engine.cuda.api;

import org.jspecify.annotations.Nullable;

/**
 * A call of the driver, cuBLAS or cuDNN that failed. The message states the call with its
 * arguments, the library's name of the error and its own text.
 */
public final class CudaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String error;

  private CudaException(String message, String error, @Nullable Throwable cause) {
    super(message, cause);
    this.error = error;
  }

  /**
   * A failed call.
   *
   * @param call the function with its arguments, for instance {@code cuMemAlloc(bytes=4096)}
   * @param error the library's name of the error, for instance {@code CUDA_ERROR_OUT_OF_MEMORY}
   * @param text the library's own words, or what it logged
   */
  public static CudaException of(String call, String error, String text) {
    return new CudaException(
        call + ": " + error + (text.isEmpty() ? "" : ": " + text), error, null);
  }

  /** This failure with what was being done at the time in front. */
  public CudaException during(String what) {
    return new CudaException(what + ": " + getMessage(), error, this);
  }

  /** The library's name of the error. */
  public String error() {
    return error;
  }

  /** Whether the GPU had too little memory. */
  public boolean isOutOfMemory() {
    return error.equals("CUDA_ERROR_OUT_OF_MEMORY");
  }
}
