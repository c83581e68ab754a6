package org.clusternet.config;

import org.clusternet.config.TrainingConfig.Optimizer;
import org.clusternet.data.fold.Folds;
import org.clusternet.data.image.LogFloor;
import org.clusternet.data.image.Preprocessing;
import org.clusternet.data.simulate.ClassMix;
import org.clusternet.network.Alphas;
import org.clusternet.network.CropConfig;
import org.clusternet.network.Variant;
import org.jspecify.annotations.Nullable;

/** The values of the presets, which {@link TrainingConfig} describes. */
final class Presets {
  private Presets() {}

  static TrainingConfig quick(@Nullable String folder) {
    return of(
        "quick",
        folder,
        new DataConfig.Simulation(200, 256, 4, ClassMix.ACCEPT),
        64,
        InitialWeights.random(),
        new Optimizer(12, 16, 1e-3, 5, 0.1));
  }

  static TrainingConfig paper(@Nullable String folder) {
    return of(
        "paper",
        folder,
        new DataConfig.Simulation(318, 256, 4, ClassMix.PAPER),
        256,
        InitialWeights.imageNet(),
        new Optimizer(30, 16, 1e-3, 10, 0.1));
  }

  private static TrainingConfig of(
      String preset,
      @Nullable String folder,
      DataConfig.Simulation simulation,
      int imageSize,
      InitialWeights weights,
      Optimizer optimizer) {
    return new TrainingConfig(
        preset,
        0,
        new DataConfig(
            folder,
            folder == null ? simulation : null,
            Preprocessing.PAPER_SIZE,
            imageSize,
            LogFloor.AUTO,
            null,
            Folds.DEFAULT_COUNT,
            0,
            false),
        Variant.ALL,
        TrainingConfig.RESNET18_WIDTH,
        weights,
        CropConfig.paper(imageSize),
        Alphas.PAPER,
        optimizer,
        Augmentation.NONE,
        TrainingConfig.Compute.defaults(),
        false);
  }
}
