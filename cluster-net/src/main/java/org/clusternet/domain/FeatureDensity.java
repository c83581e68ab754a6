package org.clusternet.domain;

import java.util.Arrays;

/**
 * A compact density of the features that a network sees in its training images, and the distance of
 * an image from it.
 *
 * <p>The features are the means of the primary branch's last feature maps, the vector V1 of the
 * paper. They are at least 0 and skewed, so the distance is taken between their square roots,
 * standardised. It is the Mahalanobis distance (Lee et al. 2018, arXiv:1807.03888) with the
 * correlation matrix R of the training images shrunk towards the unit matrix, R + 1, of which the
 * largest eigenvalues and their axes are kept and the others replaced by their mean: for z with the
 * components p along the axes,
 *
 * <pre>d^2 = sum p_i^2 / (variance_i + 1) + (|z|^2 - |p|^2) / (rest + 1)</pre>
 *
 * <p>Two distances divide images into like, unlike and another kind of picture. They come from
 * images that the network was not trained on ({@link DensityFit}).
 *
 * @param center mean of the square root of each feature
 * @param deviation standard deviation of the square root of each feature, above 0
 * @param axes eigenvectors of R, one after the other, largest eigenvalue first
 * @param variances eigenvalues of the axes
 * @param rest mean of the other eigenvalues
 * @param thresholds distances at which images stop to be like the training images
 */
public record FeatureDensity(
    FloatArray center,
    FloatArray deviation,
    FloatArray axes,
    FloatArray variances,
    double rest,
    Thresholds thresholds) {
  static final double SHRINKAGE = 1;

  /**
   * Distances that separate kinds of images.
   *
   * @param images number of images of the validation fold that they come from
   * @param unlike distance that 1 in 100 of such images exceeds
   * @param otherKind distance that 1 in 1000 of such images exceeds
   */
  public record Thresholds(int images, double unlike, double otherKind) {}

  /**
   * Checks that the arrays belong together.
   *
   * @throws IllegalArgumentException if their lengths differ or a deviation is not above 0
   */
  public FeatureDensity {
    int features = center.length();
    if (deviation.length() != features || axes.length() != features * variances.length()) {
      throw new IllegalArgumentException(
          "density: center=%d deviation=%d axes=%d variances=%d do not belong together"
              .formatted(features, deviation.length(), axes.length(), variances.length()));
    }
    for (int i = 0; i < features; i++) {
      if (!(deviation.get(i) > 0)) {
        throw new IllegalArgumentException("density: deviation=" + deviation.get(i));
      }
    }
  }

  /** The number of features. */
  public int features() {
    return center.length();
  }

  /**
   * The distance of an image from the training images.
   *
   * @param features features of the image, as many as the training images have
   * @return the distance d; infinite if a feature is not finite
   * @throws IllegalArgumentException if the number of features is another
   */
  public double distance(double[] features) {
    double[] z = standardised(features);
    double length = 0;
    for (double value : z) {
      length += value * value;
    }
    double along = 0;
    double sum = 0;
    for (int k = 0; k < variances.length(); k++) {
      double p = 0;
      for (int i = 0; i < z.length; i++) {
        p += axes.get(k * z.length + i) * z[i];
      }
      along += p * p;
      sum += p * p / (variances.get(k) + SHRINKAGE);
    }
    double squared = sum + Math.max(0, length - along) / (rest + SHRINKAGE);
    return Double.isFinite(squared) ? Math.sqrt(squared) : Double.POSITIVE_INFINITY;
  }

  /**
   * Square roots of features, in standard deviations from the mean of the training images.
   *
   * @param features features of an image
   * @throws IllegalArgumentException if there are not as many as those of the training images
   */
  public double[] standardised(double[] features) {
    if (features.length != features()) {
      throw new IllegalArgumentException(
          "features=%d, but the density is of %d".formatted(features.length, features()));
    }
    double[] z = roots(features);
    for (int i = 0; i < z.length; i++) {
      z[i] = (z[i] - center.get(i)) / deviation.get(i);
    }
    return z;
  }

  /** Square roots; features are at least 0 but for rounding. */
  static double[] roots(double[] features) {
    return Arrays.stream(features).map(v -> Math.sqrt(Math.max(0, v))).toArray();
  }
}
