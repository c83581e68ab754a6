package org.clusternet.training;

import java.util.List;
import org.clusternet.inference.Prediction;

/**
 * The operations of a network that the training loop uses. Samples are indices into the model's
 * dataset; the loop handles neither pixels nor tensors.
 */
public interface Model {

  /**
   * Loss and predictions for samples.
   *
   * @param loss mean over the samples
   * @param predictions one per sample, in their order
   * @param features features of the whole image (V1), one vector per sample
   */
  record Evaluation(LossValues loss, List<Prediction> predictions, List<double[]> features) {
    /** Copies the lists. */
    public Evaluation {
      predictions = List.copyOf(predictions);
      features = List.copyOf(features);
    }
  }

  /**
   * Trains on a batch: forward, backward, one step of the optimiser. Where the loss or a gradient
   * is not finite the weights stay as they were, and the total returned is not finite.
   *
   * @param epoch number of the epoch, from 1; augmentation depends on it
   * @param samples samples of the batch, at least one
   * @param learningRate learning rate of this step
   * @return the loss before the step
   */
  LossValues train(int epoch, int[] samples, double learningRate);

  /** Evaluates a batch without training on it. */
  Evaluation evaluate(int[] samples);

  /**
   * Runs a batch again to find the op that made its loss not finite.
   *
   * @param epoch the epoch in which that happened
   * @param samples the batch
   * @param training whether it was trained on or evaluated
   * @return a phrase that names the first op with a NaN or an infinity, and its operands
   */
  String diagnose(int epoch, int[] samples, boolean training);

  /** Keeps a copy of the present weights in place of those kept before. */
  void keep();

  /** Restores the weights kept last. */
  void restore();
}
