package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import org.clusternet.config.ConfigLayers;
import org.clusternet.config.DataConfig;
import org.clusternet.config.TrainingConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Every setting of a training run: options over {@code --set} over {@code --config} over the
 * preset.
 */
final class SettingsOptions {
  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "settings to begin with: quick, minutes on two cores, or paper (default: quick)")
  private String preset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "settings from a YAML file, such as the config.yaml of a run; --print-config shows all keys"
      })
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one setting by its key in the file, such as optimizer.epochs=20; repeatable")
  private List<String> values = List.of();

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
      names = "--tensorboard",
      description = "write event files for TensorBoard into the folder tensorboard of the run")
  private boolean tensorboard;

  SettingsOptions() {}

  /** Options of what is computed on alone, over what holds without them. */
  TrainingConfig.Compute over(TrainingConfig.Compute before) {
    return compute.over(before);
  }

  /**
   * The settings.
   *
   * @throws IllegalArgumentException if options make no sense
   * @throws org.clusternet.data.DataException if the file cannot be used
   */
  TrainingConfig resolve() {
    return resolve(new ConfigLayers(preset));
  }

  /** As {@link #resolve()}, with another number of threads where none is asked for. */
  TrainingConfig resolve(int threads) {
    return resolve(new ConfigLayers(preset).threads(threads));
  }

  private TrainingConfig resolve(ConfigLayers layers) {
    if (file != null) {
      layers.file(file);
    }
    values.forEach(layers::set);
    if (data.folder() != null) {
      layers.folder(data.folder());
    }
    TrainingConfig base = layers.resolve();
    DataConfig images = data.over(base.data());
    return new TrainingConfig(
        base.preset(),
        Defaults.or(seed, base.seed()),
        images,
        network.over(base.variant()),
        network.widthOver(base.width()),
        weights.over(base.weights()),
        network.over(base.crop(), base.data().imageSize(), images.imageSize()),
        network.over(base.alphas()),
        optimizer.over(base.optimizer()),
        optimizer.over(base.augmentation(), images.imageSize()),
        compute.over(base.compute()),
        tensorboard || base.tensorboard());
  }
}
