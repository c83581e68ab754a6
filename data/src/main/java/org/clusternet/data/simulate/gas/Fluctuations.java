package org.clusternet.data.simulate.gas;

import org.apache.commons.math3.geometry.euclidean.threed.Rotation;
import org.clusternet.data.random.CounterRandom;

/**
 * Gaussian fluctuations with a power-law spectrum: the sum of octaves of one {@link PowerLawNoise},
 * each randomly rotated and shifted, with periods decreasing by factors of 2.
 *
 * <p>An octave whose shortest wave is shorter than two cells of the sampling is omitted, since it
 * would be averaged away.
 */
public final class Fluctuations {
  /** Keeps lattice coordinates positive; a whole number of periods. */
  private static final double SHIFT = 1L << 20;

  private static final int MAX_OCTAVES = 8;

  private final PowerLawNoise noise;
  private final double[] amplitude;
  private final double[] shortest;
  private final double[][] map;

  /**
   * Draws the fluctuations of one cluster, with unit variance in total.
   *
   * @param noise one octave of the fluctuations
   * @param largest the longest wave in kpc, positive
   * @param octaves number of octaves of wave numbers, from 1 to 8
   * @param random random generator of orientations and shifts
   * @throws IllegalArgumentException if the wave or the octaves are outside their range
   */
  public Fluctuations(PowerLawNoise noise, double largest, int octaves, CounterRandom random) {
    if (!(largest > 0) || octaves < 1 || octaves > MAX_OCTAVES) {
      throw new IllegalArgumentException(
          "gas fluctuations: largest wave=%s kpc, octaves=%s; need a wave above 0 and 1 to %s octaves"
              .formatted(largest, octaves, MAX_OCTAVES));
    }
    this.noise = noise;
    amplitude = new double[octaves];
    shortest = new double[octaves];
    map = new double[octaves][];
    double total = 0;
    for (int o = 0; o < octaves; o++) {
      double wave = largest / (1 << o);
      amplitude[o] = StrictMath.pow(2, -o * (noise.slope() - 3) / 2);
      shortest[o] = wave / 2;
      map[o] = map(PowerLawNoise.SIZE / (4 * wave), random);
      total += amplitude[o] * amplitude[o];
    }
    for (int o = 0; o < octaves; o++) {
      amplitude[o] /= Math.sqrt(total);
    }
  }

  private static double[] map(double cellsPerKpc, CounterRandom random) {
    double[][] turn =
        new Rotation(
                random.nextGaussian(),
                random.nextGaussian(),
                random.nextGaussian(),
                random.nextGaussian(),
                true)
            .getMatrix();
    double[] map = new double[12];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        map[4 * row + column] = turn[row][column] * cellsPerKpc;
      }
      map[4 * row + 3] = SHIFT + PowerLawNoise.SIZE * random.nextDouble();
    }
    return map;
  }

  /**
   * The field at a point.
   *
   * @param x first coordinate in kpc
   * @param y second coordinate in kpc
   * @param z third coordinate in kpc
   * @param cell side of the sampling's cell in kpc
   * @return value of mean 0 and, for small enough cells, variance 1
   */
  public double at(double x, double y, double z, double cell) {
    double sum = 0;
    for (int o = 0; o < amplitude.length && shortest[o] >= 2 * cell; o++) {
      double[] m = map[o];
      sum +=
          amplitude[o]
              * noise.at(
                  m[0] * x + m[1] * y + m[2] * z + m[3],
                  m[4] * x + m[5] * y + m[6] * z + m[7],
                  m[8] * x + m[9] * y + m[10] * z + m[11]);
    }
    return sum;
  }
}
