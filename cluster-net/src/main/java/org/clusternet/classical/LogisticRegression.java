package org.clusternet.classical;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.clusternet.data.CoreType;

/**
 * Multinomial logistic regression: the probabilities of the classes are the softmax of linear
 * functions of the features.
 *
 * <p>Features are brought to mean 0 and standard deviation 1 over the training images. What is
 * minimised is the cross entropy plus |w|^2 / 2 over the slopes (not the constants), the penalty
 * that keeps separable classes from infinite slopes and that scikit-learn has by default (C = 1).
 * Each class weighs as much as any other, n / (3 n_c) an image, since macro F1 counts classes
 * equally and cool cores are one in ten. The function is convex with one minimum, found by Newton's
 * method (steps halved where they overshoot, systems solved by Commons Math's Cholesky
 * decomposition): with a dozen coefficients the second derivatives cost next to nothing, and the
 * minimum is exact where conjugate gradients stall at a gradient of 1e-5.
 */
public final class LogisticRegression {
  private static final int CLASSES = CoreType.values().length;
  private static final double SMALL_GRADIENT = 1e-11;
  private static final int MOST_ITERATIONS = 100;
  private static final int MOST_HALVINGS = 40;

  /** Added to the constants' curvature, for a shift of all three changes nothing. */
  private static final double GAUGE = 1e-9;

  private final double[] mean;
  private final double[] deviation;
  private final double[] coefficients;

  private LogisticRegression(double[] mean, double[] deviation, double[] coefficients) {
    this.mean = mean;
    this.deviation = deviation;
    this.coefficients = coefficients;
  }

  /**
   * Fits a model.
   *
   * @param rows the features of each training image, all finite; at least one row of at least one
   * @param labels their classes, in the same order; a class may be absent
   * @return the fitted model
   * @throws IllegalArgumentException if the lengths differ or there is no row
   */
  public static LogisticRegression fit(double[][] rows, List<CoreType> labels) {
    if (rows.length == 0 || rows.length != labels.size()) {
      throw new IllegalArgumentException(
          "logistic regression: rows=%d labels=%d; there must be equally many, at least 1"
              .formatted(rows.length, labels.size()));
    }
    double[] mean = new double[rows[0].length];
    double[] deviation = new double[rows[0].length];
    for (int j = 0; j < mean.length; j++) {
      for (double[] row : rows) {
        mean[j] += row[j] / rows.length;
      }
      for (double[] row : rows) {
        deviation[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / rows.length;
      }
      deviation[j] = deviation[j] > 0 ? Math.sqrt(deviation[j]) : 1;
    }
    double[][] scaled = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      scaled[i] = scale(rows[i], mean, deviation);
    }
    Loss loss = new Loss(scaled, labels);
    double[] coefficients = minimise(loss, CLASSES * (mean.length + 1));
    return new LogisticRegression(mean, deviation, coefficients);
  }

  private static double[] minimise(Loss loss, int size) {
    RealVector at = new ArrayRealVector(size);
    for (int i = 0; i < MOST_ITERATIONS; i++) {
      RealVector gradient = new ArrayRealVector(loss.gradient(at.toArray()), false);
      if (gradient.getLInfNorm() < SMALL_GRADIENT) {
        break;
      }
      RealVector step =
          new CholeskyDecomposition(new Array2DRowRealMatrix(loss.hessian(at.toArray()), false))
              .getSolver()
              .solve(gradient);
      double before = loss.value(at.toArray());
      RealVector next = at.subtract(step);
      for (int h = 0; h < MOST_HALVINGS && loss.value(next.toArray()) > before; h++) {
        step.mapMultiplyToSelf(0.5);
        next = at.subtract(step);
      }
      at = next;
    }
    return at.toArray();
  }

  private static double[] scale(double[] row, double[] mean, double[] deviation) {
    double[] scaled = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      scaled[j] = (row[j] - mean[j]) / deviation[j];
    }
    return scaled;
  }

  /**
   * The probabilities of the classes.
   *
   * @param row the features of an image, all finite
   * @return those of CC, WCC and NCC
   */
  public double[] probabilities(double[] row) {
    return softmax(coefficients, scale(row, mean, deviation));
  }

  /** For each class its constant, then its slopes. */
  private static double[] softmax(double[] coefficients, double[] features) {
    double[] p = new double[CLASSES];
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < CLASSES; c++) {
      int at = c * (features.length + 1);
      p[c] = coefficients[at];
      for (int j = 0; j < features.length; j++) {
        p[c] += coefficients[at + 1 + j] * features[j];
      }
      most = Math.max(most, p[c]);
    }
    double sum = 0;
    for (int c = 0; c < CLASSES; c++) {
      p[c] = StrictMath.exp(p[c] - most);
      sum += p[c];
    }
    for (int c = 0; c < CLASSES; c++) {
      p[c] /= sum;
    }
    return p;
  }

  /** What is minimised, divided by the number of rows. */
  static final class Loss {
    private final double[][] rows;
    private final int[] labels;
    private final double[] weights = new double[CLASSES];

    Loss(double[][] rows, List<CoreType> labels) {
      this.rows = rows;
      this.labels = labels.stream().mapToInt(CoreType::index).toArray();
      int[] counts = new int[CLASSES];
      for (int label : this.labels) {
        counts[label]++;
      }
      for (int c = 0; c < CLASSES; c++) {
        weights[c] = counts[c] == 0 ? 0 : 1.0 / (CLASSES * counts[c]);
      }
    }

    double value(double[] coefficients) {
      double sum = 0;
      for (int i = 0; i < rows.length; i++) {
        double p = softmax(coefficients, rows[i])[labels[i]];
        sum -= weights[labels[i]] * StrictMath.log(Math.max(p, Double.MIN_NORMAL));
      }
      int block = rows[0].length + 1;
      for (int k = 0; k < coefficients.length; k++) {
        sum += k % block == 0 ? 0 : coefficients[k] * coefficients[k] / (2.0 * rows.length);
      }
      return sum;
    }

    double[] gradient(double[] coefficients) {
      int block = rows[0].length + 1;
      double[] gradient = new double[coefficients.length];
      for (int i = 0; i < rows.length; i++) {
        double[] p = softmax(coefficients, rows[i]);
        for (int c = 0; c < CLASSES; c++) {
          double error = weights[labels[i]] * (p[c] - (labels[i] == c ? 1 : 0));
          gradient[c * block] += error;
          for (int j = 1; j < block; j++) {
            gradient[c * block + j] += error * rows[i][j - 1];
          }
        }
      }
      for (int k = 0; k < coefficients.length; k++) {
        gradient[k] += k % block == 0 ? 0 : coefficients[k] / rows.length;
      }
      return gradient;
    }

    double[][] hessian(double[] coefficients) {
      int block = rows[0].length + 1;
      double[][] hessian = new double[coefficients.length][coefficients.length];
      for (int i = 0; i < rows.length; i++) {
        double[] p = softmax(coefficients, rows[i]);
        for (int k = 0; k < coefficients.length; k++) {
          int c = k / block;
          double left = weights[labels[i]] * feature(i, k % block);
          for (int l = 0; l <= k; l++) {
            int d = l / block;
            double curvature = p[c] * ((c == d ? 1 : 0) - p[d]);
            hessian[k][l] += left * curvature * feature(i, l % block);
          }
        }
      }
      for (int k = 0; k < coefficients.length; k++) {
        hessian[k][k] += k % block == 0 ? GAUGE : 1.0 / rows.length;
        for (int l = 0; l < k; l++) {
          hessian[l][k] = hessian[k][l];
        }
      }
      return hessian;
    }

    private double feature(int row, int place) {
      return place == 0 ? 1 : rows[row][place - 1];
    }
  }
}
