package org.clusternet.engine.cuda.api;

/**
 * What a GPU is.
 *
 * @param name as the driver calls it
 * @param major major number of the compute capability
 * @param minor minor number of the compute capability
 * @param multiprocessors number of streaming multiprocessors
 * @param threadsPerMultiprocessor the most that one of them runs at once
 * @param sharedBytesPerBlock the most that a block may ask for, opting in
 * @param totalBytes size of its memory
 * @param driverVersion the CUDA version that the driver serves, 1000 major + 10 minor
 */
public record DeviceInfo(
    String name,
    int major,
    int minor,
    int multiprocessors,
    int threadsPerMultiprocessor,
    int sharedBytesPerBlock,
    long totalBytes,
    int driverVersion) {

  /** The compute capability, for instance {@code 9.0}. */
  public String computeCapability() {
    return major + "." + minor;
  }

  /** The driver's CUDA version, for instance {@code 12.8}. */
  public String cudaVersion() {
    return driverVersion / 1000 + "." + driverVersion % 1000 / 10;
  }
}
