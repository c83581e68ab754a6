package org.clusternet.cli;

import static org.clusternet.cli.Defaults.or;

import org.clusternet.config.Augmentation;
import org.clusternet.config.TrainingConfig.Optimizer;
import picocli.CommandLine.Option;

/** How the weights are found. */
final class OptimizerOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "times through the training images (quick: 12, paper: 30)")
  private Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "images a step (default: 16)")
  private Integer batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "of Adam in the first epochs (default: 0.001)")
  private Double learningRate;

  @Option(
      names = "--decay-every",
      paramLabel = "N",
      description = "epochs after which the learning rate falls (quick: 5, paper: 10)")
  private Integer decayEvery;

  @Option(
      names = "--decay-factor",
      paramLabel = "F",
      description = "by which it falls (default: 0.1)")
  private Double decayFactor;

  @Option(
      names = "--augment",
      description =
          "flip and turn training images at random and shift them by up to a 32nd of their side")
  private boolean augment;

  OptimizerOptions() {}

  Augmentation over(Augmentation preset, int imageSize) {
    return augment ? Augmentation.usual(imageSize) : preset;
  }

  Optimizer over(Optimizer preset) {
    return new Optimizer(
        or(epochs, preset.epochs()),
        or(batch, preset.batch()),
        or(learningRate, preset.learningRate()),
        or(decayEvery, preset.decayEvery()),
        or(decayFactor, preset.decayFactor()));
  }
}
