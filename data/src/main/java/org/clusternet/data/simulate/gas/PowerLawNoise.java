package org.clusternet.data.simulate.gas;

import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;
import org.clusternet.data.random.CounterRandom;

/**
 * One octave of a Gaussian random field whose power spectrum is a power law, on a periodic lattice.
 *
 * <p>White noise is filtered in Fourier space (Commons Math) to wave numbers from {@value #LOW} to
 * {@value #HIGH} per period with power k^-slope, and scaled to unit variance. Fields of periods
 * falling by 2 with variances falling by 2^(3 - slope) fill adjacent octaves of wave numbers, so
 * that their sum has the power law over all of them ({@link Fluctuations}). The shortest wave is 8
 * cells long: linear interpolation takes 5 % off its amplitude on average.
 */
public final class PowerLawNoise {
  /** Cells along a side of the lattice. */
  static final int SIZE = 64;

  private static final int LOW = 4;
  private static final int HIGH = 8;

  private final double slope;
  private final float[] lattice;

  /**
   * Makes the octave; the same slope gives the same lattice.
   *
   * @param slope the exponent p of the spectrum P(k) proportional to k^-p, above 3 so that large
   *     eddies are the stronger ones
   * @throws IllegalArgumentException if the slope is not above 3 or not finite
   */
  public PowerLawNoise(double slope) {
    if (!(slope > 3) || Double.isInfinite(slope)) {
      throw new IllegalArgumentException(
          "gas fluctuations: slope=" + slope + " of the spectrum must be finite and above 3");
    }
    this.slope = slope;
    double[][] field = new double[2][SIZE * SIZE * SIZE];
    CounterRandom random = new CounterRandom(0, "gas fluctuations");
    for (int i = 0; i < field[0].length; i++) {
      field[0][i] = random.nextGaussian();
    }
    transform(field, TransformType.FORWARD);
    filter(field);
    transform(field, TransformType.INVERSE);
    lattice = unitVariance(field[0]);
  }

  /** The exponent p of P(k) proportional to k^-p. */
  double slope() {
    return slope;
  }

  private void filter(double[][] field) {
    for (int i = 0; i < field[0].length; i++) {
      int x = wave(i % SIZE);
      int y = wave(i / SIZE % SIZE);
      int z = wave(i / (SIZE * SIZE));
      int square = x * x + y * y + z * z;
      boolean inside = square >= LOW * LOW && square < HIGH * HIGH;
      double gain = inside ? StrictMath.pow(square, -slope / 4) : 0;
      field[0][i] *= gain;
      field[1][i] *= gain;
    }
  }

  private static int wave(int index) {
    return index <= SIZE / 2 ? index : index - SIZE;
  }

  private static void transform(double[][] field, TransformType type) {
    double[][] line = new double[2][SIZE];
    for (int stride = 1; stride < SIZE * SIZE * SIZE; stride *= SIZE) {
      for (int i = 0; i < SIZE * SIZE * SIZE; i++) {
        if (i / stride % SIZE == 0) {
          transformLine(field, i, stride, line, type);
        }
      }
    }
  }

  private static void transformLine(
      double[][] field, int first, int stride, double[][] line, TransformType type) {
    for (int part = 0; part < 2; part++) {
      for (int k = 0; k < SIZE; k++) {
        line[part][k] = field[part][first + k * stride];
      }
    }
    FastFourierTransformer.transformInPlace(line, DftNormalization.UNITARY, type);
    for (int part = 0; part < 2; part++) {
      for (int k = 0; k < SIZE; k++) {
        field[part][first + k * stride] = line[part][k];
      }
    }
  }

  private static float[] unitVariance(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    double scale = 1 / Math.sqrt(sum / values.length);
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = (float) (scale * values[i]);
    }
    return scaled;
  }

  /**
   * The field at a point, interpolated linearly between lattice points.
   *
   * @param x first coordinate in cells, at least 0
   * @param y second coordinate in cells, at least 0
   * @param z third coordinate in cells, at least 0
   * @return value of mean 0 and variance 1 over the period
   */
  double at(double x, double y, double z) {
    int i = (int) x;
    int j = (int) y;
    int k = (int) z;
    float fx = (float) (x - i);
    float fy = (float) (y - j);
    float fz = (float) (z - k);
    int mask = SIZE - 1;
    int x0 = i & mask;
    int x1 = (i + 1) & mask;
    int y0 = (j & mask) * SIZE;
    int y1 = ((j + 1) & mask) * SIZE;
    int z0 = (k & mask) * SIZE * SIZE;
    int z1 = ((k + 1) & mask) * SIZE * SIZE;
    float a = mix(lattice[z0 + y0 + x0], lattice[z0 + y0 + x1], fx);
    float b = mix(lattice[z0 + y1 + x0], lattice[z0 + y1 + x1], fx);
    float c = mix(lattice[z1 + y0 + x0], lattice[z1 + y0 + x1], fx);
    float d = mix(lattice[z1 + y1 + x0], lattice[z1 + y1 + x1], fx);
    return mix(mix(a, b, fy), mix(c, d, fy), fz);
  }

  private static float mix(float a, float b, float share) {
    return a + share * (b - a);
  }
}
