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
import org.clusternet.engine.program.Program;
import org.clusternet.engine.spi.Device;

/** Opens devices by the names that users give. */
public final class Devices {
  private Devices() {}

  /**
   * A device, and why it is this one.
   *
   * @param device open
   * @param reason in a few words; empty where the device was asked for by name
   */
  public record Choice(Device device, String reason) {}

  /** As {@link #choose} with the default settings for CUDA. */
  public static Device open(String name, int threads) {
    return choose(name, threads, CudaSettings.defaults()).device();
  }

  /**
   * Opens a device.
   *
   * @param name {@code cpu}, {@code cuda}, or {@code auto}, which takes CUDA if it works
   * @param threads threads of the CPU device; 0 for one per available processor
   * @param settings of the CUDA device
   * @throws IllegalArgumentException if there is no such device, with the names that there are; or
   *     if CUDA was asked for by name and cannot be had, with what is missing and what mends it
   */
  public static Choice choose(String name, int threads, CudaSettings settings) {
    return switch (name) {
      case "cpu" -> new Choice(cpuOf(threads), "");
      case "cuda" -> new Choice(cudaByName(settings), "");
      case "auto" -> auto(threads, settings);
      default ->
          throw new IllegalArgumentException("device=" + name + "; it must be auto, cpu or cuda");
    };
  }

  private static Device cudaByName(CudaSettings settings) {
    try {
      return cuda(settings);
    } catch (CudaUnavailableException e) {
      throw new IllegalArgumentException(
          "device=cuda: " + e.getMessage() + " (" + Program.command("doctor") + " says more)", e);
    }
  }

  private static Choice auto(int threads, CudaSettings settings) {
    try {
      return new Choice(cuda(settings), "auto, as cuda works");
    } catch (CudaUnavailableException e) {
      return new Choice(
          cpuOf(threads),
          "auto, without cuda: " + e.missing() + "; " + Program.command("doctor") + " says more");
    }
  }

  private static Device cpuOf(int threads) {
    return cpu(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
  }

  /**
   * The first GPU, with cuBLAS and cuDNN.
   *
   * @throws CudaUnavailableException if it cannot be had, with what is missing and what mends it
   */
  public static Device cuda(CudaSettings settings) {
    try {
      CudaDevice device = new CudaDevice(OpRegistry.cudaKernels(), Nvidia.open(), settings);
      device.probe();
      return device;
    } catch (CudaException | LinkageError e) {
      throw new CudaUnavailableException(
          "a first use of the GPU failed: " + e.getMessage(),
          Program.command("doctor") + " looks at each part; --device cpu works",
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
