package org.clusternet.network;

import org.clusternet.engine.op.Affine;
import org.clusternet.engine.op.Binary;
import org.clusternet.engine.op.BinaryFunction;
import org.clusternet.engine.op.CramerDistance;
import org.clusternet.engine.op.WeightedCrossEntropy;
import org.clusternet.engine.spi.Executor;
import org.clusternet.engine.tensor.Tensor;

/**
 * The loss of Eq. 9: {@code a_p L_p + a_a L_a + a_f L_f + a_r L_r}, three weighted cross entropies
 * and the Cramer distance of the primary head. Terms that the variant does not have are left out.
 */
public final class MultiTaskLoss {
  private final Variant variant;
  private final Alphas alphas;

  /** The loss of a variant with the given weights. */
  public MultiTaskLoss(Variant variant, Alphas alphas) {
    this.variant = variant;
    this.alphas = alphas;
  }

  /**
   * The loss of one batch.
   *
   * @param run the executor of the forward pass
   * @param outputs the outputs of the forward pass
   * @param labels I32 (N)
   * @param classWeights w_t = 1/sqrt(count(t)) over the training split, (3), Eq. 13
   */
  public LossTerms of(Executor run, Outputs outputs, Tensor labels, Tensor classWeights) {
    WeightedCrossEntropy entropy = new WeightedCrossEntropy();
    Tensor primary = run.apply(entropy, outputs.primary().logits(), labels, classWeights);
    Tensor total = weighted(run, primary, alphas.primary());
    Tensor auxiliary = null;
    Tensor fusion = null;
    Tensor regression = null;
    Outputs.SecondStage second = outputs.second().orElse(null);
    if (second != null) {
      auxiliary = run.apply(entropy, second.auxiliary().logits(), labels, classWeights);
      fusion = run.apply(entropy, second.fusion(), labels, classWeights);
      total = sum(run, total, weighted(run, auxiliary, alphas.auxiliary()));
      total = sum(run, total, weighted(run, fusion, alphas.fusion()));
    }
    if (variant.regression()) {
      regression = run.apply(new CramerDistance(), outputs.primary().logits(), labels);
      total = sum(run, total, weighted(run, regression, alphas.regression()));
    }
    return new LossTerms(total, primary, auxiliary, fusion, regression);
  }

  private static Tensor weighted(Executor run, Tensor loss, double alpha) {
    return run.apply(new Affine(alpha, 0), loss);
  }

  private static Tensor sum(Executor run, Tensor a, Tensor b) {
    return run.apply(new Binary(BinaryFunction.ADD), a, b);
  }
}
