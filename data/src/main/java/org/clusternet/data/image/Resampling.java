package org.clusternet.data.image;

/**
 * Resamples square images to another size; NaN pixels are excluded from every mean.
 *
 * <p>Areas are counted in whole numbers (a source pixel is {@code to} units wide, a target pixel
 * {@code from} units), so that rounding cannot include a neighbour that does not touch.
 */
final class Resampling {
  private Resampling() {}

  /** The field itself if the sizes agree; else a new one, NaN where all its source pixels are. */
  static double[] square(double[] field, int from, int to) {
    if (from == to) {
      return field;
    }
    Weights weights = to < from ? Weights.area(from, to) : Weights.bilinear(from, to);
    double[] result = new double[to * to];
    for (int y = 0; y < to; y++) {
      for (int x = 0; x < to; x++) {
        result[y * to + x] = mean(field, from, weights, x, y);
      }
    }
    return result;
  }

  private static double mean(double[] field, int from, Weights weights, int x, int y) {
    double sum = 0;
    double total = 0;
    for (int j = 0; j < weights.values[y].length; j++) {
      int row = (weights.first[y] + j) * from;
      for (int i = 0; i < weights.values[x].length; i++) {
        double value = field[row + weights.first[x] + i];
        double weight = weights.values[y][j] * weights.values[x][i];
        if (weight > 0 && !Double.isNaN(value)) {
          sum += weight * value;
          total += weight;
        }
      }
    }
    return total > 0 ? sum / total : Double.NaN;
  }

  /** For each target pixel along an axis, its first source pixel and the weights from there on. */
  private static final class Weights {
    private final int[] first;
    private final double[][] values;

    private Weights(int to) {
      first = new int[to];
      values = new double[to][];
    }

    static Weights area(int from, int to) {
      Weights weights = new Weights(to);
      for (int i = 0; i < to; i++) {
        long begin = (long) i * from;
        long end = begin + from;
        int first = (int) (begin / to);
        int last = (int) ((end - 1) / to);
        weights.first[i] = first;
        weights.values[i] = new double[last - first + 1];
        for (int s = first; s <= last; s++) {
          weights.values[i][s - first] =
              Math.min(end, (s + 1L) * to) - Math.max(begin, (long) s * to);
        }
      }
      return weights;
    }

    static Weights bilinear(int from, int to) {
      Weights weights = new Weights(to);
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * from / to - 0.5;
        double position = Math.max(0, Math.min(from - 1.0, centre));
        int first = Math.min((int) position, Math.max(0, from - 2));
        double part = position - first;
        weights.first[i] = first;
        weights.values[i] = from == 1 ? new double[] {1} : new double[] {1 - part, part};
      }
      return weights;
    }
  }
}
