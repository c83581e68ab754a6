package org.clusternet.metrics;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * Temperature scaling (Guo et al. 2017, "On Calibration of Modern Neural Networks", section 4.2):
 * logits are divided by one number, which minimises the negative log likelihood of a validation
 * set. The predicted classes stay the same and only the confidence changes; a temperature above 1
 * lowers it.
 *
 * <p>The logarithms of probabilities serve as logits, since a constant added to all logits of an
 * image changes nothing. The likelihood has one maximum, since its logarithm is concave in 1 / T.
 * It is searched from {@value #LEAST} to {@value #MOST}: where every validation image is predicted
 * correctly, the likelihood grows without bound towards T = 0.
 *
 * @param value the temperature T, positive
 */
public record Temperature(double value) {
  /** The lowest temperature that is searched. */
  public static final double LEAST = 0.05;

  /** The highest temperature that is searched. */
  public static final double MOST = 20;

  private static final double PRECISION = 1e-9;
  private static final int MOST_STEPS = 1000;

  /** Checks that it is positive. */
  public Temperature {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("temperature=" + value + "; it must be positive");
    }
  }

  /** The temperature of a validation set of at least one image. */
  public static Temperature fit(List<ScoredImage> validation) {
    double logarithm =
        new BrentOptimizer(PRECISION, PRECISION)
            .optimize(
                new MaxEval(MOST_STEPS),
                GoalType.MINIMIZE,
                new UnivariateObjectiveFunction(t -> loss(validation, StrictMath.exp(t))),
                new SearchInterval(StrictMath.log(LEAST), StrictMath.log(MOST)))
            .getPoint();
    return new Temperature(StrictMath.exp(logarithm));
  }

  private static double loss(List<ScoredImage> images, double t) {
    double loss = 0;
    for (ScoredImage image : images) {
      double[] logits = logits(image, t);
      double sum = 0;
      for (double logit : logits) {
        sum += StrictMath.exp(logit);
      }
      loss += StrictMath.log(sum) - logits[image.label().index()];
    }
    return loss / images.size();
  }

  /** Logits divided by the temperature and shifted so that the greatest is 0. */
  private static double[] logits(ScoredImage image, double t) {
    double[] logits = new double[image.probabilities().size()];
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < logits.length; k++) {
      double p = Math.max(image.probabilities().get(k), Reliability.LEAST);
      logits[k] = StrictMath.log(p) / t;
      most = Math.max(most, logits[k]);
    }
    for (int k = 0; k < logits.length; k++) {
      logits[k] -= most;
    }
    return logits;
  }

  /** An image with its probabilities at this temperature. */
  public ScoredImage apply(ScoredImage image) {
    double[] logits = logits(image, value);
    double sum = 0;
    List<Double> weights = new ArrayList<>();
    for (double logit : logits) {
      weights.add(StrictMath.exp(logit));
      sum += StrictMath.exp(logit);
    }
    double total = sum;
    weights.replaceAll(w -> w / total);
    return new ScoredImage(image.cluster(), image.projection(), image.label(), weights);
  }

  /** Images with their probabilities at this temperature. */
  public List<ScoredImage> apply(List<ScoredImage> images) {
    return images.stream().map(this::apply).toList();
  }
}
