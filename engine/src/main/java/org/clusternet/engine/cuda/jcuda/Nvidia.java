package org.clusternet.engine.cuda.jcuda;

import java.nio.file.Path;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import jcuda.jcudnn.JCudnn;
import org.clusternet.engine.cuda.api.Blas;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.CudaLibraries;
import org.clusternet.engine.cuda.api.CudaUnavailableException;
import org.clusternet.engine.cuda.api.DeviceInfo;
import org.clusternet.engine.cuda.api.Dnn;
import org.clusternet.engine.cuda.api.Driver;

/**
 * The way to a GPU, in steps of which each needs the one before and says by a {@link
 * CudaUnavailableException} what it lacks: the driver, JCuda's natives, a GPU, cuBLAS, cuDNN.
 */
public final class Nvidia {
  private static final int OLDEST_CUDA = 12_000;
  private static final int OLDEST_CAPABILITY = 75;
  private static final Object LOADING = new Object();

  private Nvidia() {}

  /** A GPU with all that a device stands on. */
  public static CudaLibraries open() {
    LibrarySearch search = LibrarySearch.ofThisMachine();
    DriverProbe.require();
    LibrarySearch.Cublas cublas = search.cublas();
    Path cudnn = search.cudnn();
    JCudaNatives natives = JCudaNatives.unpack(cublas.major());
    NvidiaDriver driver = driver(natives);
    try {
      requireSupported(driver.info());
      Blas blas = blas(natives, cublas, driver);
      try {
        return new CudaLibraries(driver, blas, dnn(natives, search, cudnn, driver));
      } catch (RuntimeException | Error e) {
        blas.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      driver.close();
      throw e;
    }
  }

  /**
   * Whether our kernels run on a GPU with its driver.
   *
   * @throws CudaUnavailableException if one is too old
   */
  public static void requireSupported(DeviceInfo info) {
    if (info.driverVersion() < OLDEST_CUDA) {
      throw new CudaUnavailableException(
          "driver: it serves CUDA " + info.cudaVersion(),
          "install NVIDIA's driver 525 or newer, for CUDA 12.0");
    }
    if (10 * info.major() + info.minor() < OLDEST_CAPABILITY) {
      throw new CudaUnavailableException(
          "GPU: %s has compute capability %s".formatted(info.name(), info.computeCapability()),
          "7.5 (Turing) or newer is needed; use the cpu");
    }
  }

  /** The first GPU of the driver, which must have been probed. */
  static NvidiaDriver driver(JCudaNatives natives) {
    synchronized (LOADING) {
      natives.load("JCudaDriver", () -> JCudaDriver.setExceptionsEnabled(false));
    }
    try {
      return new NvidiaDriver(0);
    } catch (CudaException e) {
      throw new CudaUnavailableException(
          "GPU: " + e.getMessage(),
          "nvidia-smi must list a GPU; a container needs --gpus all, a cluster job a GPU of its"
              + " own",
          e);
    }
  }

  /** As {@link #driver}, for a report. */
  public static Driver openDriver(JCudaNatives natives) {
    return driver(natives);
  }

  /** cuBLAS on a driver of this class. */
  public static Blas blas(JCudaNatives natives, LibrarySearch.Cublas files, Driver driver) {
    synchronized (LOADING) {
      loadFile("cuBLAS", files.cublasLt());
      loadFile("cuBLAS", files.cublas());
      natives.load("JCublas2", () -> JCublas2.setExceptionsEnabled(false));
    }
    return new NvidiaBlas((NvidiaDriver) driver);
  }

  /**
   * cuDNN on a driver of this class.
   *
   * @param natives the natives of JCuda
   * @param search finds the libraries that cuDNN needs
   * @param file the file of cuDNN
   * @param driver the driver of the GPU
   */
  public static Dnn dnn(JCudaNatives natives, LibrarySearch search, Path file, Driver driver) {
    synchronized (LOADING) {
      loadFile("cuDNN", file);
      natives.load("JCudnn", () -> JCudnn.setExceptionsEnabled(false));
      loadNeedsOfCudnn(search, file);
    }
    return new NvidiaDnn((NvidiaDriver) driver);
  }

  /**
   * cuDNN loads these by name when it first wants them. Without the first it ends the process;
   * without NVIDIA's compiler it has fewer algorithms.
   */
  private static void loadNeedsOfCudnn(LibrarySearch search, Path file) {
    int major = NvidiaDnn.cudaMajor();
    Path cublasLt =
        search
            .cublasLt(major)
            .orElseThrow(
                () ->
                    new CudaUnavailableException(
                        "cuDNN: %s is built for CUDA %d and needs its libcublasLt.so.%d, which is not there"
                            .formatted(file, major, major),
                        "install cuBLAS of CUDA %d, or name by -D%s=DIR the folder of a cuDNN for the CUDA of your cuBLAS"
                            .formatted(major, SearchRoots.PROPERTY)));
    loadFile("cuBLAS", cublasLt);
    search.compiler(major).ifPresent(found -> loadFile("NVRTC", found));
  }

  /** What JCuda's natives ask for by name is then there already, whatever its folder. */
  private static void loadFile(String what, Path file) {
    try {
      System.load(file.toAbsolutePath().toString());
    } catch (UnsatisfiedLinkError e) {
      throw new CudaUnavailableException(
          what + ": " + file + " cannot be loaded: " + e.getMessage(),
          "install it again, or name the folder of another by -D" + SearchRoots.PROPERTY + "=DIR",
          e);
    }
  }
}
