package org.clusternet.engine;

import java.util.Optional;
import org.clusternet.engine.cpu.CpuDevice;
import org.clusternet.engine.cpu.onednn.OneDnn;
import org.clusternet.engine.cuda.CudaDevice;
import org.clusternet.engine.cuda.CudaSettings;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.CudaUnavailableException;
import org.clusternet.engine.cuda.jcuda.Nvidia;
import org.clusternet.engine.op.OpRegistry;
import org.clusternet.engine.spi.Device;

/** Opens devices by the names that users give. */
public final class Devices {
  private Devices() {}

  /**
   * A device, and why it is this one.
   *
   * @param device open
   * @param reason the reason in a few words; empty where the device was asked for by name
   * @param refused why CUDA was not taken where the choice was left open; empty where it was taken
   */
  public record Choice(Device device, String reason, Optional<CudaUnavailableException> refused) {

    private static Choice byName(Device device) {
      return new Choice(device, "", Optional.empty());
    }
  }

  /** As {@link #choose} with the default settings for CUDA. */
  public static Device open(String name, int threads) {
    return choose(name, threads, CudaSettings.defaults()).device();
  }

  /**
   * Opens a device.
   *
   * @param name {@code cpu}, {@code cuda}, or {@code auto}, which takes CUDA if it works
   * @param threads threads of the CPU device; 0 for one per available processor
   * @param settings settings of the CUDA device
   * @throws IllegalArgumentException if there is no such device, with the names that there are; or
   *     if CUDA was asked for by name and is not available, with what is missing and the remedy;
   *     its cause is then a {@link CudaUnavailableException}
   */
  public static Choice choose(String name, int threads, CudaSettings settings) {
    return switch (name) {
      case "cpu" -> Choice.byName(cpuOf(threads));
      case "cuda" -> Choice.byName(cudaByName(settings));
      case "auto" -> auto(threads, settings);
      default ->
          throw new IllegalArgumentException("device=" + name + "; it must be auto, cpu or cuda");
    };
  }

  private static Device cudaByName(CudaSettings settings) {
    try {
      return cuda(settings);
    } catch (CudaUnavailableException e) {
      throw e.asRefusal();
    }
  }

  private static Choice auto(int threads, CudaSettings settings) {
    try {
      return new Choice(cuda(settings), "auto, as cuda works", Optional.empty());
    } catch (CudaUnavailableException e) {
      return new Choice(cpuOf(threads), "auto, without cuda: " + e.missing(), Optional.of(e));
    }
  }

  private static Device cpuOf(int threads) {
    return cpu(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
  }

  /**
   * The first GPU, with cuBLAS and cuDNN.
   *
   * @throws CudaUnavailableException if it is not available, with what is missing and the remedy
   */
  public static Device cuda(CudaSettings settings) {
    try {
      CudaDevice device = new CudaDevice(OpRegistry.cudaKernels(), Nvidia.open(), settings);
      device.probe();
      return device;
    } catch (CudaException | LinkageError e) {
      throw new CudaUnavailableException(
          "a first use of the GPU failed: " + e.getMessage(),
          "check the driver, cuBLAS and cuDNN, or use the cpu",
          e);
    }
  }

  /** The CPU with oneDNN where the platform has a build of it. */
  public static Device cpu(int threads) {
    return new CpuDevice(OpRegistry.cpuKernels(), threads, OneDnn.load());
  }

  /** The CPU in plain Java only, for comparison. */
  public static Device plainCpu(int threads) {
    return new CpuDevice(OpRegistry.cpuKernels(), threads, Optional.empty());
  }
}
