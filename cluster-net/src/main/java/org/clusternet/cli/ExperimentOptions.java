package org.clusternet.cli;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.clusternet.config.TrainingConfig;
import org.clusternet.experiment.Experiment;
import org.clusternet.metrics.ClusterBootstrap;
import org.clusternet.run.RunFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of experiments: the settings of all runs, and how they are executed. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExperimentOptions {
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private final SettingsOptions settings = new SettingsOptions(1, "default: 1 per fold");

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "number of random seeds, from --seed upwards, for mean and standard deviation (default:"
              + " 1)")
  private int seeds;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "number of folds that run in parallel; results do not depend on it (default:"
              + " processors / threads; on a GPU 1)")
  private @Nullable Integer jobs;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      description = "number of bootstrap resamples of the clusters (default: 10000)")
  private @Nullable Integer resamples;

  @Option(
      names = "--discard-models",
      description = "delete the weights of each fold when it has finished (90 MB per fold for all)")
  private boolean discardModels;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "folder of the experiment; if it holds one with the same settings, only missing folds are"
              + " run (default: runs/NAME)")
  private @Nullable Path out;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "name of the folder within runs/ (default: time and command)")
  private @Nullable String name;

  ExperimentOptions() {}

  /**
   * The settings of all runs; one thread per fold by default.
   *
   * @throws IllegalArgumentException if they are invalid
   */
  TrainingConfig settings() {
    return settings.resolve();
  }

  /** Number of seeds. */
  int seeds() {
    return seeds;
  }

  /**
   * How the experiment is executed.
   *
   * @throws IllegalArgumentException if a number is invalid
   */
  Experiment.Options options() {
    if (jobs != null && jobs < 1) {
      throw new IllegalArgumentException("jobs=" + jobs + "; it must be at least 1");
    }
    ClusterBootstrap.Settings usual = ClusterBootstrap.Settings.defaults();
    return new Experiment.Options(
        Defaults.or(jobs, 0),
        discardModels,
        new ClusterBootstrap.Settings(
            Defaults.or(resamples, usual.resamples()), usual.level(), usual.seed()));
  }

  /** Rejects options of training runs that an experiment sets itself. */
  void refuse(List<String> names, String reason) {
    for (String option : names) {
      if (command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(command.commandLine(), option + ": " + reason);
      }
    }
  }

  /** The experiment's folder. */
  Path folder() {
    if (out != null && name != null) {
      throw new ParameterException(
          command.commandLine(), "--out and --name exclude each other; give one");
    }
    if (out != null) {
      return out;
    }
    String usual = NAME.format(LocalDateTime.now(ZoneId.systemDefault())) + "_" + command.name();
    return RunFolder.DEFAULT_PARENT.resolve(Defaults.or(name, usual));
  }
}
