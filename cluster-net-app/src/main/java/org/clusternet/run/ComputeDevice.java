package org.clusternet.run;

import org.clusternet.engine.Devices;
import org.clusternet.engine.spi.Device;
import org.clusternet.training.TrainingConfig;

/** Opens the device that a user asked for, or says why it cannot be had. */
final class ComputeDevice {
  private ComputeDevice() {}

  /**
   * Opens a device.
   *
   * @throws IllegalArgumentException if it was asked for by name and is not there; another is never
   *     taken in its place
   */
  static Device open(TrainingConfig.Compute compute) {
    if (compute.device().equals("cuda")) {
      throw new IllegalArgumentException(
          "device=cuda: this build has no CUDA device; use --device cpu, or --device auto for the fastest that there is");
    }
    return Devices.open(compute.device(), compute.threads());
  }
}
