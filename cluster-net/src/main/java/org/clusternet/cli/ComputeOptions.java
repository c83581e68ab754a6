package org.clusternet.cli;

import static org.clusternet.cli.Defaults.or;

import org.clusternet.config.Precision;
import org.clusternet.config.TrainingConfig.Compute;
import picocli.CommandLine.Option;

/** On what a job computes. */
final class ComputeOptions {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "auto, cpu or cuda; auto takes cuda if it works (default: auto)")
  private String device;

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      description = "fp32, tf32 (cuda only) or bf16, the type of the activations (default: fp32)")
  private Precision precision;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads of the CPU (default: one a processor)")
  private Integer threads;

  @Option(
      names = "--deterministic",
      description = "the same bits each time on cuda too, at some cost in speed; the cpu always is")
  private boolean deterministic;

  ComputeOptions() {}

  /** The options over what holds without them. */
  Compute over(Compute preset) {
    return new Compute(
        or(device, preset.device()),
        or(precision, preset.precision()),
        or(threads, preset.threads()),
        deterministic || preset.deterministic());
  }
}
