package org.clusternet.experiment;

import java.nio.file.Path;
import org.clusternet.config.TrainingConfig;

/**
 * One training run of an experiment, independent of all others.
 *
 * @param arm the row of the table that is trained
 * @param seed random seed of folds, weights and order of samples
 * @param fold the test fold
 */
record FoldJob(Arm arm, long seed, int fold) {

  /** The run folder within the experiment's folder. */
  Path folder(Path out) {
    return out.resolve(arm.name()).resolve("seed-" + seed).resolve("fold-" + fold);
  }

  /** The settings of the run. */
  TrainingConfig config(TrainingConfig base) {
    return base.withSeed(seed)
        .withVariant(arm.variant())
        .withAlphas(arm.alphas())
        .withData(base.data().withFold(fold));
  }

  /** For instance {@code all, seed 0, fold 3}. */
  @Override
  public String toString() {
    return "%s, seed %d, fold %d".formatted(arm.name(), seed, fold);
  }
}
