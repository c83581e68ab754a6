package org.clusternet.run;

import org.clusternet.config.Precision;
import org.clusternet.config.TrainingConfig;
import org.clusternet.engine.Devices;
import org.clusternet.engine.cuda.CudaSettings;
import org.clusternet.engine.cuda.api.MathMode;
import org.clusternet.program.Program;
import org.clusternet.progress.Progress;

/** Opens the device that the settings name, or says why it is not available. */
public final class ComputeDevice {
  private ComputeDevice() {}

  /**
   * Opens a device.
   *
   * @return the device, and why it was chosen where the settings leave the choice open
   * @throws IllegalArgumentException naming what is missing and the remedy, if a device that is
   *     asked for by name is not available; no other is used in its place
   */
  public static Devices.Choice open(TrainingConfig.Compute compute) {
    boolean tf32 = compute.precision() == Precision.TF32;
    if (tf32 && compute.device().equals("cpu")) {
      throw new IllegalArgumentException(
          "precision=tf32: only GPUs have this arithmetic; on the cpu use fp32 or bf16");
    }
    CudaSettings settings = CudaSettings.defaults().with(tf32 ? MathMode.TF32 : MathMode.FP32);
    return Devices.choose(
        compute.device(),
        compute.threads(),
        compute.deterministic() ? settings.deterministic(true) : settings);
  }

  /** Writes the device and the reason for its choice as one line. */
  public static void announce(Devices.Choice choice, Progress progress) {
    String reason =
        choice.refused().isPresent()
            ? choice.reason() + "; " + Program.command("doctor") + " says more"
            : choice.reason();
    String why = reason.isEmpty() ? "" : " (" + reason + ")";
    progress.line(choice.device().describe() + why);
  }
}
