package org.clusternet.engine.region;

/**
 * The bell of the Gaussian mask in F64, with an exponential made of separately rounded operations:
 * the CUDA kernels ({@code gaussian.cuh}) perform the same ones and get the same bits, so that the
 * masks of both devices agree exactly. {@link Math#exp} could not promise that.
 */
public final class GaussianBell {
  private static final double UNDERFLOW = -700;
  private static final double LOG2_E = 1.4426950408889634;

  /** ln 2 in two parts; the first has so few bits that a product with a small integer is exact. */
  private static final double LN2_HIGH = 0.6931471803691238;

  private static final double LN2_LOW = 1.9082149292705877e-10;
  private static final double[] TAYLOR = taylor(13);

  private GaussianBell() {}

  private static double[] taylor(int degree) {
    double[] coefficients = new double[degree + 1];
    double factorial = 1;
    for (int i = 0; i <= degree; i++) {
      factorial *= Math.max(1, i);
      coefficients[degree - i] = 1 / factorial;
    }
    return coefficients;
  }

  /** exp(x) for x at most 0, within two units in the last place; 0 below -700. */
  public static double exponential(double x) {
    if (!(x > UNDERFLOW)) {
      return 0;
    }
    double k = Math.rint(x * LOG2_E);
    double r = (x - k * LN2_HIGH) - k * LN2_LOW;
    double sum = TAYLOR[0];
    for (int i = 1; i < TAYLOR.length; i++) {
      sum = sum * r + TAYLOR[i];
    }
    return sum * Math.scalb(1.0, (int) k);
  }

  /** {@code exp(-d^2 / (2 sigma^2))} with sigma = size / sqrt(lambda). */
  public static double at(int d, int size, double lambda) {
    double relative = (double) d / size;
    return exponential(-relative * relative * lambda * 0.5);
  }

  /** {@link #at} for d from 1 - size to size - 1. */
  public static double[] table(int size, double lambda) {
    double[] bell = new double[2 * size - 1];
    for (int d = 0; d < size; d++) {
      bell[size - 1 + d] = at(d, size, lambda);
      bell[size - 1 - d] = bell[size - 1 + d];
    }
    return bell;
  }

  /** The density at the centre, 1 / (2 pi sigma_x sigma_y). */
  public static double peak(int height, int width, double lambda) {
    return lambda / (2 * Math.PI * ((long) height * width));
  }
}
