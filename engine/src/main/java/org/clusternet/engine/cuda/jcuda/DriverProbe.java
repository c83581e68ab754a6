package org.clusternet.engine.cuda.jcuda;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.clusternet.engine.cuda.api.CudaUnavailableException;

/**
 * Whether NVIDIA's driver is installed, before anything of JCuda is touched: without it JCuda's
 * classes fail for good.
 */
public final class DriverProbe {
  private static final String DRIVER = "libcuda.so.1";

  private DriverProbe() {}

  /** Where containers mount the driver, and Windows its own, if the loader has not been told. */
  private static final List<String> FOLDERS =
      List.of("/usr/local/nvidia/lib64", "/usr/local/nvidia/lib", "/usr/lib/wsl/lib");

  /**
   * Looks for the driver's library where the loader looks, and in the folders where it is mounted.
   *
   * @throws CudaUnavailableException if it is not there
   */
  public static void require() {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(DRIVER, arena);
    } catch (IllegalArgumentException e) {
      if (mounted()) {
        return;
      }
      throw new CudaUnavailableException(
          "driver: the loader finds no " + DRIVER + " (no NVIDIA driver, or not in this container)",
          "install NVIDIA's driver 525 or newer (a container needs --gpus all), or use the cpu",
          e);
    }
  }

  /** Loads the driver's library from a folder of its own: JCuda's then finds it by name. */
  private static boolean mounted() {
    for (String folder : FOLDERS) {
      Path file = Path.of(folder, DRIVER);
      if (Files.exists(file)) {
        try {
          System.load(file.toString());
          return true;
        } catch (UnsatisfiedLinkError e) {
          // The next folder may have one that fits.
        }
      }
    }
    return false;
  }
}
