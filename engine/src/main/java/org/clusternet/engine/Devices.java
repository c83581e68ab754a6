package org.clusternet.engine;

import java.util.Optional;
import org.clusternet.engine.cpu.CpuDevice;
import org.clusternet.engine.cpu.onednn.OneDnn;
import org.clusternet.engine.op.OpRegistry;
import org.clusternet.engine.spi.Device;

/** Opens devices by the names that users give. */
public final class Devices {
  private Devices() {}

  /**
   * Opens a device.
   *
   * @param name {@code cpu}, or {@code auto} for the fastest that works
   * @param threads threads of the CPU device; 0 for one per available processor
   * @throws IllegalArgumentException if there is no such device, with the names that there are
   */
  public static Device open(String name, int threads) {
    if (!name.equals("cpu") && !name.equals("auto")) {
      throw new IllegalArgumentException("device=" + name + "; it must be cpu or auto");
    }
    return cpu(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
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
