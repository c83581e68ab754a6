package org.clusternet.run;

import org.clusternet.config.Precision;
import org.clusternet.config.TrainingConfig;
import org.clusternet.engine.Devices;
import org.clusternet.engine.cuda.CudaSettings;
import org.clusternet.engine.cuda.api.MathMode;
import org.clusternet.program.Program;
import org.clusternet.progress.Progress;

/** Opens the device that a user asked for, or says why it cannot be had. */
public final class ComputeDevice {
  private ComputeDevice() {}

  /**
   * Opens a device.
   *
   * @return the device, and why it was taken where the choice was left open
   * @throws IllegalArgumentException if it was asked for by name and is not there, with what is
   *     missing and what mends it; another is never taken in its place
   */
  public static Devices.Choice open(TrainingConfig.Compute compute) {
    boolean tf32 = compute.precision() == Precision.TF32;
    if (tf32 && compute.device().equals("cpu")) {
      throw new IllegalArgumentException(
          "precision=tf32: that is arithmetic of GPUs; on the cpu use fp32 or bf16");
    }
    CudaSettings settings = CudaSettings.defaults().with(tf32 ? MathMode.TF32 : MathMode.FP32);
    return Devices.choose(
        compute.device(),
        compute.threads(),
        compute.deterministic() ? settings.deterministic(true) : settings);
  }

  /** Says in one line on what is computed, and why. */
  public static void announce(Devices.Choice choice, Progress progress) {
    String reason =
        choice.refused().isPresent()
            ? choice.reason() + "; " + Program.command("doctor") + " says more"
            : choice.reason();
    String why = reason.isEmpty() ? "" : " (" + reason + ")";
    progress.line(choice.device().describe() + why);
  }
}
