package org.clusternet.engine.cuda.api;

/** CUDA is not available on this machine: what is missing, and the remedy. */
public final class CudaUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String missing;
  private final String remedy;

  /**
   * Something is missing.
   *
   * @param missing what is missing
   * @param remedy the command or setting that repairs it
   */
  public CudaUnavailableException(String missing, String remedy) {
    super(missing + "; " + remedy);
    this.missing = missing;
    this.remedy = remedy;
  }

  /**
   * Something went wrong.
   *
   * @param missing what is missing
   * @param remedy the command or setting that repairs it
   * @param cause what went wrong
   */
  public CudaUnavailableException(String missing, String remedy, Throwable cause) {
    super(missing + "; " + remedy, cause);
    this.missing = missing;
    this.remedy = remedy;
  }

  /** The same as an invalid choice of the device, for whoever asked for CUDA by name. */
  public IllegalArgumentException asRefusal() {
    return new IllegalArgumentException("device=cuda: " + getMessage(), this);
  }

  /** What is missing. */
  public String missing() {
    return missing;
  }

  /** The command or setting that repairs it. */
  public String remedy() {
    return remedy;
  }
}
