package org.clusternet.cli;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.clusternet.run.RunFolder;
import org.clusternet.run.Scores;
import org.clusternet.run.TrainingRun;
import org.clusternet.training.DataConfig;
import org.clusternet.training.TrainingConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: from a dataset folder to a run folder. */
@Command(
    name = "train",
    header = "Train the network on a dataset or a simulated sample, and test it.",
    description = {
      "",
      "Writes a run folder: config.json, splits.csv, metrics.csv by epoch, metrics.json with the",
      "scores of the test fold, predictions.csv, model.safetensors.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: the paper's network on an imported sample, in half precision:",
      "  cluster-net train --data accept --preset paper --precision bf16 --name accept-paper"
    })
final class TrainCommand extends Job {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "quick",
      description =
          "settings to begin with: quick, minutes on two cores, or paper (default: quick)")
  private String preset;

  @Mixin private DataOptions data;
  @Mixin private NetworkOptions network;
  @Mixin private WeightsOptions weights;
  @Mixin private OptimizerOptions optimizer;
  @Mixin private ComputeOptions compute;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "of everything random; the same seed gives the same numbers (default: 0)")
  private Long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "run folder; must not hold anything (default: runs/ and --name)")
  private Path out;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "name of the run folder within runs (default: time and variant)")
  private String name;

  TrainCommand() {}

  @Override
  public Integer call() {
    TrainingConfig config = checked(this::config);
    if (out != null && name != null) {
      throw misuse("--out and --name exclude each other; give one");
    }
    try (RunFolder folder = folder(config)) {
      Scores scores = new TrainingRun(config, folder, Version.current(), progress()).execute();
      out().print(scores.table());
      out().println("run folder " + folder.path());
      out().flush();
    }
    return 0;
  }

  private TrainingConfig config() {
    TrainingConfig base = TrainingConfig.preset(preset, data.folder());
    DataConfig images = data.over(base.data());
    return new TrainingConfig(
        base.preset(),
        Defaults.or(seed, base.seed()),
        images,
        network.over(base.variant()),
        weights.over(base.weights()),
        network.over(base.crop(), images.imageSize()),
        network.over(base.alphas()),
        optimizer.over(base.optimizer()),
        compute.over(base.compute()));
  }

  private RunFolder folder(TrainingConfig config) {
    if (out != null) {
      return RunFolder.create(out);
    }
    if (name != null) {
      return RunFolder.create(RunFolder.DEFAULT_PARENT.resolve(name));
    }
    return RunFolder.create(
        RunFolder.DEFAULT_PARENT,
        LocalDateTime.now(ZoneId.systemDefault()),
        config.variant().toString());
  }
}
