package org.clusternet.engine.cuda.jcuda;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import org.clusternet.engine.cuda.api.CudaUnavailableException;

/**
 * Whether NVIDIA's driver is installed, before anything of JCuda is touched: without it JCuda's
 * classes fail for good.
 */
public final class DriverProbe {
  private static final String DRIVER = "libcuda.so.1";

  private DriverProbe() {}

  /**
   * Looks for the driver's library where the loader looks.
   *
   * @throws CudaUnavailableException if it is not there
   */
  public static void require() {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(DRIVER, arena);
    } catch (IllegalArgumentException e) {
      throw new CudaUnavailableException(
          "driver: the loader finds no " + DRIVER + " (no NVIDIA driver, or not in this container)",
          "install NVIDIA's driver 525 or newer (a container needs --gpus all), or use --device cpu",
          e);
    }
  }
}
