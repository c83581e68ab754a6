package org.clusternet.training;

import java.util.List;
import org.clusternet.inference.Prediction;

/**
 * What the training loop asks of a network. Samples are indices into the dataset that the model was
 * made for; the loop knows nothing of pixels or tensors.
 */
public interface Model {

  /**
   * What the model says of some samples.
   *
   * @param loss the mean over the samples
   * @param predictions one a sample, in their order
   */
  record Evaluation(LossValues loss, List<Prediction> predictions) {
    /** Copies the predictions. */
    public Evaluation {
      predictions = List.copyOf(predictions);
    }
  }

  /**
   * Learns from a batch: forward, backward, one step of the optimiser. Where the loss or a gradient
   * is not finite the weights stay as they were, and the total returned is not finite.
   *
   * @param epoch from 1, in which the samples may look otherwise than in another
   * @param samples at least one
   * @param learningRate of this step
   * @return the loss before the step
   */
  LossValues train(int epoch, int[] samples, double learningRate);

  /** Looks at a batch without learning from it. */
  Evaluation evaluate(int[] samples);

  /**
   * Runs a batch again to find out what made its loss not finite.
   *
   * @param epoch in which that was
   * @param samples the batch
   * @param training whether it was trained on or evaluated
   * @return a phrase that names the first op with a NaN or an infinity, and its operands
   */
  String diagnose(int epoch, int[] samples, boolean training);

  /** Remembers the weights as they are now, in place of those remembered before. */
  void keep();

  /** Goes back to the weights remembered last. */
  void restore();
}
