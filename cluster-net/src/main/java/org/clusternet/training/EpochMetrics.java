package org.clusternet.training;

import java.util.Locale;

/**
 * The figures of one epoch.
 *
 * @param epoch number of the epoch, from 1
 * @param learningRate learning rate of its steps
 * @param train mean loss over the training samples, each before the step of its batch
 * @param validationLoss mean total loss over the validation samples after the epoch
 * @param validationMacroF1 macro F1 over the validation samples after the epoch
 * @param seconds duration of the epoch, validation included
 * @param imagesPerSecond training images per second, validation not counted
 */
public record EpochMetrics(
    int epoch,
    double learningRate,
    LossValues train,
    double validationLoss,
    double validationMacroF1,
    double seconds,
    double imagesPerSecond) {

  /**
   * Whether this epoch is better than an earlier one: a higher macro F1 over the validation
   * samples, or the same and a lower loss there.
   */
  boolean isBetterThan(EpochMetrics earlier) {
    if (validationMacroF1 != earlier.validationMacroF1) {
      return validationMacroF1 > earlier.validationMacroF1;
    }
    return validationLoss < earlier.validationLoss;
  }

  /** One line for the log. */
  String line(int epochs, boolean best) {
    return String.format(
        Locale.ROOT,
        "epoch %d/%d  lr %.0e  loss %.4f  validation loss %.4f  macro F1 %.3f%s  %.1f s  %.1f"
            + " images/s",
        epoch,
        epochs,
        learningRate,
        train.total(),
        validationLoss,
        validationMacroF1,
        best ? " (best)" : "",
        seconds,
        imagesPerSecond);
  }
}
