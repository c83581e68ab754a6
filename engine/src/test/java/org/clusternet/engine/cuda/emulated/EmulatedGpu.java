package org.clusternet.engine.cuda.emulated;

import org.clusternet.engine.cuda.CudaDevice;
import org.clusternet.engine.cuda.CudaSettings;
import org.clusternet.engine.cuda.api.CudaLibraries;
import org.clusternet.engine.op.OpRegistry;

/**
 * A CUDA device on the emulated driver: {@code try (CudaDevice device = EmulatedGpu.device()) ...}.
 */
public final class EmulatedGpu {
  /** Memory of the emulated GPU. */
  public static final long BYTES = 1L << 30;

  private static final long STAGING = 1L << 20;

  private EmulatedGpu() {}

  /** Libraries whose work runs in the given order. */
  public static CudaLibraries libraries(Order order) {
    EmulatedDriver driver = new EmulatedDriver(order, BYTES);
    return new CudaLibraries(driver, new OracleBlas(driver), new OracleDnn(driver));
  }

  /** Defaults with small buffers for copies. */
  public static CudaSettings settings() {
    return CudaSettings.defaults().staging(STAGING);
  }

  /** A device whose kernels run when they are started, so that a failure shows where it arises. */
  public static CudaDevice device() {
    return device(Order.COMPUTE_FIRST, settings());
  }

  /** A device on libraries of its own. */
  public static CudaDevice device(Order order, CudaSettings settings) {
    return device(libraries(order), settings);
  }

  /** A device on the given libraries. */
  public static CudaDevice device(CudaLibraries libraries, CudaSettings settings) {
    return new CudaDevice(OpRegistry.cudaKernels(), libraries, settings);
  }
}
