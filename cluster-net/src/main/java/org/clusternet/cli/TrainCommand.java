package org.clusternet.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;
import org.clusternet.config.ConfigFile;
import org.clusternet.config.TrainingConfig;
import org.clusternet.report.RunPage;
import org.clusternet.run.RunFolder;
import org.clusternet.run.Scores;
import org.clusternet.run.TrainingRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: trains on a dataset folder and writes a run folder. */
@Command(
    name = "train",
    header = "Train the network on a dataset or a simulated sample and test it.",
    description = {
      "",
      "Writes a run folder: config.yaml, splits.csv, metrics.csv by epoch, metrics.json with the",
      "scores of the test fold, predictions.csv, model.safetensors, and report.html. A checkpoint"
          + " is",
      "written after every epoch and on Ctrl-C or SIGTERM; --resume continues from the last one.",
      ""
    },
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    footer = {
      "",
      "Example: the paper's network on an imported sample in half precision, and resuming it after",
      "Ctrl-C, a power cut or a full disk:",
      "  cluster-net train --data accept --preset paper --precision bf16 --name accept-paper",
      "  cluster-net train --resume accept-paper"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TrainCommand extends Job {
  private static final Set<String> WITH_RESUME =
      Set.of("--resume", "--device", "--threads", "--stack-trace");

  @Mixin private SettingsOptions settings;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "run folder; must be empty or not exist (default: runs/NAME)")
  private @Nullable Path out;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "name of the run folder within runs/ (default: time and variant)")
  private @Nullable String name;

  @Option(
      names = "--print-config",
      description = "print the resulting settings as a config.yaml with explanations, and exit")
  private boolean print;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "resume a run that ended early, given by its folder or its name within runs/; it keeps"
              + " its settings, so that only --device and --threads may be given too")
  private @Nullable Path resume;

  @Spec private CommandSpec command;

  TrainCommand() {}

  @Override
  public Integer call() {
    if (resume != null) {
      return resumeRun(resume);
    }
    TrainingConfig config = checked(settings::resolve);
    if (print) {
      out().print(ConfigFile.text(config));
      out().flush();
      return 0;
    }
    if (out != null && name != null) {
      throw misuse("--out and --name exclude each other; give one");
    }
    try (RunFolder folder = folder(config)) {
      return train(config, folder);
    }
  }

  private int train(TrainingConfig config, RunFolder folder) {
    Scores scores = new TrainingRun(config, folder, Version.current(), progress()).execute();
    out().print(scores.table());
    out().println("report " + RunPage.write(folder.path(), config.compute()));
    out().println("run folder " + folder.path());
    out().flush();
    return 0;
  }

  private int resumeRun(Path run) {
    for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
      if (!WITH_RESUME.contains(option.longestName())) {
        throw misuse(
            option.longestName()
                + " and --resume exclude each other: a resumed run keeps its settings");
      }
    }
    Path named = RunFolder.DEFAULT_PARENT.resolve(run);
    Path path = !Files.exists(run) && Files.exists(named) ? named : run;
    try (RunFolder folder = RunFolder.openBegun(path)) {
      TrainingConfig own = folder.settings();
      if (folder.isFinished()) {
        progress().line("run folder " + path + ": had already finished");
      }
      return train(checked(() -> settings.over(own)), folder);
    }
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
