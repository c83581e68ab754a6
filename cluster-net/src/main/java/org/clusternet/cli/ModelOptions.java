package org.clusternet.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.clusternet.progress.Progress;
import org.clusternet.run.TrainedModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The trained model that a command applies, with settings where it has none of its own. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ModelOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE_OR_RUN",
      description = "run folder of train, or a model.safetensors file")
  private Path model;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "settings of a model that another program has trained under the same keys (default: the"
              + " paper's)")
  private @Nullable Path config;

  ModelOptions() {}

  /** The model; the log tells if the paper's settings are assumed. */
  TrainedModel find(Progress progress) {
    return TrainedModel.find(model, Optional.ofNullable(config), progress::line);
  }
}
