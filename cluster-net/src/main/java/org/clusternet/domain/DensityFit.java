package org.clusternet.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Fits a {@link FeatureDensity}.
 *
 * <p>The axes are found by subspace iteration with a few more vectors than are kept (Halko et al.
 * 2011, arXiv:0909.4061): a complete decomposition for the paper's 512 features would take as long
 * as an epoch of a small run. The start is a fixed random one, so that the same features give the
 * same density.
 *
 * <p>The thresholds are quantiles of the distance of images that the network was not trained on,
 * whose features are spread wider than those of the training images. A few hundred of them say
 * nothing about 1 in 1000, so the logarithm of the distance is taken to be normal, and the
 * thresholds are the bounds within which one further value lies with the probability wanted, mean +
 * t s sqrt(1 + 1/n), with Student's t for n - 1 degrees of freedom: the fewer images, the wider. A
 * handful of images gives no density.
 */
public final class DensityFit {
  /** Fewest training images, and fewest validation images, of which a density is made. */
  public static final int FEWEST = 30;

  private static final int AXES = 16;
  private static final int MORE = 8;
  private static final int ITERATIONS = 8;

  /** Least standard deviation of a feature, in that of the middle one: one that was never seen. */
  private static final double LEAST_DEVIATION = 0.2;

  private static final double UNLIKE = 0.01;
  private static final double OTHER_KIND = 0.001;

  private DensityFit() {}

  /**
   * Fits a density.
   *
   * @param training features of the training images
   * @param validation features of images of the same kind that the network was not trained on
   * @return the density; empty if there are fewer than {@value #FEWEST} images of either, or all
   *     training images have the same features
   */
  public static Optional<FeatureDensity> fit(List<double[]> training, List<double[]> validation) {
    if (training.size() < FEWEST || validation.size() < FEWEST) {
      return Optional.empty();
    }
    double[][] z = training.stream().map(FeatureDensity::roots).toArray(double[][]::new);
    int features = z[0].length;
    double[] center = new double[features];
    double[] deviation = new double[features];
    for (int i = 0; i < features; i++) {
      int feature = i;
      double[] column = Arrays.stream(z).mapToDouble(row -> row[feature]).toArray();
      center[i] = StatUtils.mean(column);
      deviation[i] = Math.sqrt(StatUtils.populationVariance(column, center[i]));
    }
    double least = LEAST_DEVIATION * middle(deviation);
    if (!(least > 0)) {
      return Optional.empty();
    }
    for (int i = 0; i < features; i++) {
      deviation[i] = Math.max(deviation[i], least);
    }
    for (double[] row : z) {
      for (int i = 0; i < features; i++) {
        row[i] = (row[i] - center[i]) / deviation[i];
      }
    }
    return Optional.of(density(center, deviation, z, validation));
  }

  private static double middle(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static FeatureDensity density(
      double[] center, double[] deviation, double[][] z, List<double[]> validation) {
    int features = center.length;
    int axes = Math.min(AXES, Math.min(features, z.length) - 1);
    double[][] basis = basis(z, Math.min(axes + MORE, Math.min(features, z.length)));
    EigenDecomposition eigen = projected(z, basis);
    double[] variances = Arrays.copyOf(eigen.getRealEigenvalues(), axes);
    double[] vectors = new double[axes * features];
    for (int k = 0; k < axes; k++) {
      for (int j = 0; j < basis.length; j++) {
        double weight = eigen.getV().getEntry(j, k);
        for (int i = 0; i < features; i++) {
          vectors[k * features + i] += weight * basis[j][i];
        }
      }
    }
    double total = 0;
    for (double[] row : z) {
      total += dot(row, row) / z.length;
    }
    double rest = Math.max(0, total - StatUtils.sum(variances)) / (features - axes);
    FeatureDensity open =
        new FeatureDensity(
            FloatArray.of(center),
            FloatArray.of(deviation),
            FloatArray.of(vectors),
            FloatArray.of(variances),
            rest,
            new FeatureDensity.Thresholds(0, 0, 0));
    return new FeatureDensity(
        open.center(),
        open.deviation(),
        open.axes(),
        open.variances(),
        rest,
        thresholds(validation.stream().mapToDouble(open::distance).toArray()));
  }

  /** Orthonormal vectors that span nearly what the first eigenvectors of R = Z'Z / n span. */
  private static double[][] basis(double[][] z, int count) {
    Random random = new Random(1);
    double[][] basis = new double[count][z[0].length];
    for (double[] vector : basis) {
      Arrays.setAll(vector, i -> random.nextGaussian());
    }
    orthonormalise(basis);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[][] next = new double[count][z[0].length];
      for (double[] row : z) {
        for (int k = 0; k < count; k++) {
          addTimes(next[k], dot(row, basis[k]), row);
        }
      }
      orthonormalise(next);
      basis = next;
    }
    return basis;
  }

  /** Modified Gram-Schmidt; a vector that the others span becomes zero. */
  private static void orthonormalise(double[][] vectors) {
    for (int k = 0; k < vectors.length; k++) {
      double before = Math.sqrt(dot(vectors[k], vectors[k]));
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < k; j++) {
          addTimes(vectors[k], -dot(vectors[j], vectors[k]), vectors[j]);
        }
      }
      double length = Math.sqrt(dot(vectors[k], vectors[k]));
      double factor = length > 1e-9 * before ? 1 / length : 0;
      for (int i = 0; i < vectors[k].length; i++) {
        vectors[k][i] *= factor;
      }
    }
  }

  /** The eigenvalues of R within the basis, largest first. */
  private static EigenDecomposition projected(double[][] z, double[][] basis) {
    double[][] small = new double[basis.length][basis.length];
    for (double[] row : z) {
      double[] p = Arrays.stream(basis).mapToDouble(vector -> dot(vector, row)).toArray();
      for (int j = 0; j < p.length; j++) {
        addTimes(small[j], p[j] / z.length, p);
      }
    }
    for (int j = 0; j < small.length; j++) {
      // Exactly symmetric: only then are the eigenvalues sorted.
      for (int k = 0; k < j; k++) {
        small[j][k] = small[k][j];
      }
    }
    return new EigenDecomposition(new Array2DRowRealMatrix(small, false));
  }

  private static FeatureDensity.Thresholds thresholds(double[] distances) {
    double[] logs = Arrays.stream(distances).map(d -> Math.log(Math.max(d, 1e-9))).toArray();
    double mean = StatUtils.mean(logs);
    int n = logs.length;
    double spread = Math.sqrt(StatUtils.variance(logs, mean) * (1 + 1.0 / n));
    TDistribution student = new TDistribution(n - 1);
    return new FeatureDensity.Thresholds(
        n,
        Math.exp(mean + spread * student.inverseCumulativeProbability(1 - UNLIKE)),
        Math.exp(mean + spread * student.inverseCumulativeProbability(1 - OTHER_KIND)));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void addTimes(double[] sum, double factor, double[] vector) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * vector[i];
    }
  }
}
