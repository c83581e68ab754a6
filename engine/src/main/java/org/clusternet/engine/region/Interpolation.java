package org.clusternet.engine.region;

/**
 * Linear interpolation of {@code target} samples from {@code length} along one axis, with
 * half-pixel centres (PyTorch's {@code align_corners=False}): sample i lies at {@code s = (i + 1/2)
 * length / target - 1/2}, clamped to [0, length - 1], between {@code lower[i] = floor(s)} and
 * {@code upper[i]}.
 *
 * <p>Numerator and denominator of s are whole numbers, so floor and weight come from an integer
 * division, exact but for the rounding of the weight. Values are interpolated as {@code a + weight
 * (b - a)}, which, unlike {@code (1 - weight) a + weight b}, leaves a constant exactly constant: a
 * flat map stays flat, and min-max normalisation has no rounding noise to blow up.
 *
 * @param lower the neighbour at or before the sample
 * @param upper the neighbour after it, at most length - 1
 * @param weight weight of the upper neighbour, in [0, 1)
 * @param begin begin[j], j in [0, length], is the first sample with {@code lower >= j}
 */
public record Interpolation(int[] lower, int[] upper, float[] weight, int[] begin) {

  /** The tables for {@code target} samples from {@code length}. */
  public static Interpolation of(int length, int target) {
    int[] lower = new int[target];
    int[] upper = new int[target];
    float[] weight = new float[target];
    int[] begin = new int[length + 1];
    long denominator = 2L * target;
    long last = (length - 1) * denominator;
    int filled = 0;
    for (int i = 0; i < target; i++) {
      long numerator = Math.min(Math.max((2L * i + 1) * length - target, 0), last);
      lower[i] = (int) (numerator / denominator);
      upper[i] = Math.min(lower[i] + 1, length - 1);
      weight[i] = (float) ((double) (numerator % denominator) / denominator);
      while (filled <= lower[i]) {
        begin[filled++] = i;
      }
    }
    while (filled <= length) {
      begin[filled++] = target;
    }
    return new Interpolation(lower, upper, weight, begin);
  }

  /** The first sample that may use value j. */
  public int firstUser(int j) {
    return begin[Math.max(0, j - 1)];
  }

  /** One past the last sample that uses value j. */
  public int endOfUsers(int j) {
    return begin[j + 1];
  }

  /** The share of value j in sample i, for i in the range of its users. */
  public double share(int i, int j) {
    return lower[i] == j ? 1.0 - weight[i] : weight[i];
  }
}
