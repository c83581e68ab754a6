package org.clusternet.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.clusternet.config.TrainingConfig;
import org.clusternet.config.TrainingConfig.Compute;
import org.clusternet.experiment.Results;
import org.clusternet.report.ExperimentPage;
import org.clusternet.report.RunPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code report}: from a finished run or experiment to a page. */
@Command(
    name = "report",
    header = "Write report.html of a finished run or experiment anew.",
    description = {
      "",
      "One page without scripts that opens without a network: what was run, curves, confusion",
      "matrix, scores by class beside the paper's, reliability, mistakes, and where the network",
      "looked. train, crossval and ablation write it themselves at their end.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {"", "Example:", "  cluster-net report --run runs/accept"})
final class ReportCommand extends Job {
  @Option(
      names = "--run",
      required = true,
      paramLabel = "DIR",
      description = "folder of train, crossval or ablation; report.html is written into it")
  private Path run;

  @Mixin private final ComputeOptions compute = new ComputeOptions("default: fp32");

  ReportCommand() {}

  @Override
  public Integer call() {
    Compute chosen = checked(() -> compute.over(TrainingConfig.quick(null)));
    Path page =
        Files.exists(run.resolve(Results.FILE_NAME))
            ? ExperimentPage.write(run)
            : RunPage.write(run, chosen);
    out().println("wrote " + page);
    out().flush();
    return 0;
  }
}
