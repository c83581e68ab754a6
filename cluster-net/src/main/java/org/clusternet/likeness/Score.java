package org.clusternet.likeness;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.clusternet.domain.DensityFit;
import org.clusternet.domain.FeatureDensity;

/** Scores of how far an image is from the training images, higher for farther. */
enum Score {
  /** Mahalanobis distance between square roots of features: what predictions use. */
  ROOT_MAHALANOBIS,
  /** Mahalanobis distance between features. */
  MAHALANOBIS,
  /** Euclidean distance to the fifth nearest training image, features standardised. */
  NEIGHBOURS,
  /** Energy, -log sum exp of the logits (Liu et al. 2020, arXiv:2010.03759). */
  ENERGY,
  /** One minus the largest probability (Hendrycks and Gimpel 2017, arXiv:1610.02136). */
  PROBABILITY;

  private static final int NEIGHBOUR = 5;

  /** The scores of a model. */
  @FunctionalInterface
  interface Scorer {
    /** The score of an image. */
    double of(ShownImage image);
  }

  /** The score's name in tables. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Fits the score.
   *
   * @param stored the density that the model has
   * @param training training images
   * @param validation images of the validation fold
   */
  Scorer fit(FeatureDensity stored, List<ShownImage> training, List<ShownImage> validation) {
    return switch (this) {
      case ROOT_MAHALANOBIS -> image -> stored.distance(image.features());
      case MAHALANOBIS -> {
        // Square roots are taken of the squares: the same density over the features themselves.
        FeatureDensity plain = density(squares(training), squares(validation));
        yield image -> plain.distance(square(image.features()));
      }
      case NEIGHBOURS -> {
        FeatureDensity units = density(features(training), features(validation));
        List<double[]> places =
            training.stream().map(image -> units.standardised(image.features())).toList();
        yield image -> nearest(places, units.standardised(image.features()));
      }
      case ENERGY -> image -> -logSumExp(image.logits());
      case PROBABILITY ->
          image ->
              1
                  - Math.exp(
                      Arrays.stream(image.logits()).max().orElse(0) - logSumExp(image.logits()));
    };
  }

  private static FeatureDensity density(List<double[]> training, List<double[]> validation) {
    return DensityFit.fit(training, validation).orElseThrow();
  }

  private static List<double[]> features(List<ShownImage> images) {
    return images.stream().map(ShownImage::features).toList();
  }

  private static List<double[]> squares(List<ShownImage> images) {
    return images.stream().map(image -> square(image.features())).toList();
  }

  private static double[] square(double[] features) {
    return Arrays.stream(features).map(v -> v * v).toArray();
  }

  private static double nearest(List<double[]> places, double[] place) {
    return places.stream()
        .mapToDouble(other -> distance(other, place))
        .sorted()
        .skip(Math.min(NEIGHBOUR, places.size()) - 1)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  private static double logSumExp(double[] logits) {
    double most = Arrays.stream(logits).max().orElse(0);
    return most + Math.log(Arrays.stream(logits).map(v -> Math.exp(v - most)).sum());
  }
}
