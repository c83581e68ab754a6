package org.clusternet.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * Calibration of probabilities: are 80 % of the predictions correct that have a confidence of 80 %?
 *
 * <p>The expected calibration error is that of Guo et al. 2017 ("On Calibration of Modern Neural
 * Networks", ICML, Eq. 3 and section 4.1, after Naeini et al. 2015): predictions are put into bins
 * of equal width by the probability of the predicted class, and the absolute differences between
 * the fraction of correct predictions and the mean probability are averaged, weighted by the bins'
 * counts. There are {@value #BINS} bins, as there. It is biased upwards for few predictions, so
 * compare it only between sets of the same size.
 *
 * @param ece expected calibration error, from 0 to 1
 * @param negativeLogLikelihood mean of -ln of the probability of the true class
 * @param brier mean squared distance of the probabilities to the true class (Brier 1950), 0 to 2
 * @param bins all bins by increasing confidence, empty ones too
 */
public record Reliability(double ece, double negativeLogLikelihood, double brier, List<Bin> bins) {

  /** Number of bins. */
  public static final int BINS = 15;

  /** Smallest probability for logarithms: the smallest positive float. */
  static final double LEAST = Float.MIN_VALUE;

  /**
   * A bin of confidences in (low, high].
   *
   * @param low lower limit, excluded except in the first bin
   * @param high upper limit, included
   * @param count number of predictions in the bin
   * @param confidence their mean probability of the predicted class; 0 if there are none
   * @param accuracy fraction of them that is correct; 0 if there are none
   */
  public record Bin(double low, double high, int count, double confidence, double accuracy) {}

  /** Copies the bins. */
  public Reliability {
    bins = List.copyOf(bins);
  }

  /** The calibration of predictions, at least one. */
  public static Reliability of(List<ScoredImage> images) {
    int[] counts = new int[BINS];
    int[] right = new int[BINS];
    double[] confidence = new double[BINS];
    double loss = 0;
    double brier = 0;
    for (ScoredImage image : images) {
      int bin = Math.max(0, (int) Math.ceil(image.confidence() * BINS) - 1);
      counts[bin]++;
      right[bin] += image.isRight() ? 1 : 0;
      confidence[bin] += image.confidence();
      double truth = image.probabilities().get(image.label().index());
      loss -= StrictMath.log(Math.max(truth, LEAST));
      brier += 1 - 2 * truth;
      for (double p : image.probabilities()) {
        brier += p * p;
      }
    }
    List<Bin> bins = new ArrayList<>();
    double ece = 0;
    for (int b = 0; b < BINS; b++) {
      int n = Math.max(1, counts[b]);
      Bin bin =
          new Bin(
              (double) b / BINS,
              (b + 1.0) / BINS,
              counts[b],
              confidence[b] / n,
              (double) right[b] / n);
      bins.add(bin);
      ece += Math.abs(bin.accuracy() - bin.confidence()) * counts[b] / images.size();
    }
    return new Reliability(ece, loss / images.size(), brier / images.size(), bins);
  }
}
