package org.clusternet.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.clusternet.config.ConfigLayers;
import org.clusternet.config.TrainingConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Every setting of a training run: the preset, overridden by {@code --config}, that by {@code
 * --set}, and that by options.
 */
final class SettingsOptions {
  private static final List<KeyOption> GENERAL =
      List.of(
          new KeyOption("--preset", "NAME", "preset"),
          new KeyOption("--seed", "N", "seed"),
          KeyOption.flag("--tensorboard", "tensorboard"));
  private static final List<KeyOption> DATA =
      List.of(
          new KeyOption("--data", "DIR", "data.folder"),
          new KeyOption("--clusters", "N", "data.simulation.clusters"),
          new KeyOption("--mix", "MIX", "data.simulation.mix"),
          new KeyOption("--central-crop", "PIXELS", "data.central_crop"),
          new KeyOption("--image-size", "PIXELS", "data.image_size"),
          new KeyOption("--floor", "RULE", "data.floor"),
          new KeyOption("--folds", "N", "data.folds"),
          new KeyOption("--fold", "N", "data.fold"),
          new KeyOption("--splits", "FILE", "data.splits"),
          KeyOption.flag("--allow-duplicates", "data.allow_duplicates"));
  private static final List<KeyOption> NETWORK =
      List.of(
          new KeyOption("--variant", "NAME", "variant"),
          new KeyOption("--width", "N", "width"),
          new KeyOption("--weights", "SOURCE", "weights.source"),
          KeyOption.flag("--weights-partial", "weights.partial"),
          new KeyOption("--crop-size", "PIXELS", "crop.size"),
          new KeyOption("--tau1", "T", "crop.tau1"),
          new KeyOption("--tau2", "T", "crop.tau2"),
          new KeyOption("--lambda", "L", "crop.lambda"),
          new KeyOption("--mask", "MODE", "crop.combine"),
          new KeyOption("--cam-class", "CLASS", "crop.cam_class"));
  private static final List<KeyOption> TRAINING =
      List.of(
          new KeyOption(
              "--alphas",
              "P,A,F,R",
              "alphas.primary",
              "alphas.auxiliary",
              "alphas.fusion",
              "alphas.regression"),
          new KeyOption("--epochs", "N", "optimizer.epochs"),
          new KeyOption("--batch", "N", "optimizer.batch"),
          new KeyOption("--learning-rate", "R", "optimizer.learning_rate"),
          new KeyOption("--decay-every", "N", "optimizer.decay_every"),
          new KeyOption("--decay-factor", "F", "optimizer.decay_factor"),
          KeyOption.flag("--augment", "augmentation"));

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "settings from a YAML file, such as the config.yaml of a run; train --print-config prints"
              + " one with all keys")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "a setting by its key in the file, such as optimizer.epochs=20; repeatable")
  private List<String> values = List.of();

  private final @Nullable Integer threads;
  private final KeyOptions options;

  /** With the defaults of the presets. */
  SettingsOptions() {
    this.threads = null;
    this.options = new KeyOptions(Map.of());
  }

  /** With another default of the number of threads. */
  SettingsOptions(int threads, String defaultThreads) {
    this.threads = threads;
    this.options = new KeyOptions(Map.of("compute.threads", defaultThreads));
  }

  @Spec
  void addTo(CommandSpec command) {
    options.addTo(command, "General settings", GENERAL);
    options.addTo(command, "Images and folds", DATA);
    options.addTo(command, "Network", NETWORK);
    options.addTo(command, "Training", TRAINING);
    options.addTo(command, "Computation", KeyOptions.COMPUTE);
  }

  /**
   * The settings of a run that is resumed, with the options over them.
   *
   * @throws IllegalArgumentException if an option has a wrong value
   */
  TrainingConfig over(TrainingConfig own) {
    ConfigLayers layers = new ConfigLayers(own);
    options.addTo(layers);
    return layers.resolve();
  }

  /**
   * The settings.
   *
   * @throws IllegalArgumentException if options have wrong values or exclude each other
   * @throws org.clusternet.data.DataException if the file cannot be used
   */
  TrainingConfig resolve() {
    requireCompatible();
    ConfigLayers layers = new ConfigLayers();
    if (threads != null) {
      layers.defaultValue("compute.threads", threads);
    }
    if (file != null) {
      layers.file(file);
    }
    values.forEach(layers::set);
    options.addTo(layers);
    return layers.resolve();
  }

  private void requireCompatible() {
    Set<String> given = options.given();
    if (given.contains("--data") && (given.contains("--clusters") || given.contains("--mix"))) {
      throw new IllegalArgumentException(
          "--clusters and --mix are for simulated samples; leave them out with --data");
    }
    if (given.containsAll(Set.of("--splits", "--folds"))) {
      throw new IllegalArgumentException("--folds and --splits exclude each other; give one");
    }
  }
}
