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
    header = "Rewrite report.html of a finished run or experiment.",
    description = {
      "",
      "A self-contained page without scripts: settings, learning curves, confusion matrix, scores"
          + " by",
      "class beside the paper's, reliability, misclassified images, and the image regions that the",
      "network used. train, crossval and ablation write it when they finish.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {"", "Example:", "  cluster-net report --run runs/accept"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReportCommand extends Job {
  @Option(
      names = "--run",
      required = true,
      paramLabel = "DIR",
      description =
          "output folder of train, crossval or ablation, into which report.html is written")
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
