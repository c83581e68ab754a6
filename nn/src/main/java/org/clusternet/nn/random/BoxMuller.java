package org.clusternet.nn.random;

/**
 * Two normal numbers from two words of random bits (Box and Muller 1958): a word stands for the
 * middle of one of 2^32 equal parts of (0, 1).
 *
 * <p>The logarithm, the sine and the cosine are series evaluated here instead of calls of {@link
 * StrictMath}: as the arguments are multiples of 2^-33, their reduction is exact in integers, and a
 * network's weights are drawn in a fifth of the time. Only additions, products, quotients and
 * square roots are used, so that the bits are the same on every machine. Results are correct within
 * a few units in the last place.
 */
final class BoxMuller {
  private static final double SQRT_2 = Math.sqrt(2);
  private static final double LN_2 = 0.6931471805599453;
  private static final double STEP = 2 * Math.PI * 0x1p-33;

  private BoxMuller() {}

  /**
   * Writes two independent normal numbers.
   *
   * @param first random bits of the radius
   * @param second random bits of the angle
   * @param deviation standard deviation
   * @param to array that the numbers are written to
   * @param at index of the first number
   */
  static void pair(int first, int second, double deviation, double[] to, int at) {
    double radius = deviation * Math.sqrt(-2 * logarithm(odd(first)));
    long odd = odd(second);
    long quarter = (odd + (1L << 30)) >>> 31;
    double angle = STEP * (odd - (quarter << 31));
    double cosine = radius * cosine(angle);
    double sine = radius * sine(angle);
    boolean swapped = (quarter & 1) != 0;
    double x = swapped ? sine : cosine;
    double y = swapped ? cosine : sine;
    to[at] = ((quarter + 1) & 2) != 0 ? -x : x;
    to[at + 1] = (quarter & 2) != 0 ? -y : y;
  }

  private static long odd(int word) {
    return ((word & 0xFFFFFFFFL) << 1) + 1;
  }

  /** ln(odd / 2^33), as exponent and 2 artanh((m - 1) / (m + 1)) of a mantissa near 1. */
  static double logarithm(long odd) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(odd);
    double m = odd * Double.longBitsToDouble((long) (Double.MAX_EXPONENT - bits) << 52);
    if (m * SQRT_2 < 1) {
      m *= 2;
      bits--;
    }
    double s = (m - 1) / (m + 1);
    double z = s * s;
    double sum = 1.0 / 23;
    sum = sum * z + 1.0 / 21;
    sum = sum * z + 1.0 / 19;
    sum = sum * z + 1.0 / 17;
    sum = sum * z + 1.0 / 15;
    sum = sum * z + 1.0 / 13;
    sum = sum * z + 1.0 / 11;
    sum = sum * z + 1.0 / 9;
    sum = sum * z + 1.0 / 7;
    sum = sum * z + 1.0 / 5;
    sum = sum * z + 1.0 / 3;
    return (bits - 33) * LN_2 + 2 * (s + s * (z * sum));
  }

  /** The sine of an angle of at most pi/4 in magnitude. */
  static double sine(double x) {
    double z = x * x;
    double sum = 1 - z * (1.0 / (16 * 17));
    sum = 1 - sum * z * (1.0 / (14 * 15));
    sum = 1 - sum * z * (1.0 / (12 * 13));
    sum = 1 - sum * z * (1.0 / (10 * 11));
    sum = 1 - sum * z * (1.0 / (8 * 9));
    sum = 1 - sum * z * (1.0 / (6 * 7));
    sum = 1 - sum * z * (1.0 / (4 * 5));
    return x - x * (sum * z * (1.0 / (2 * 3)));
  }

  /** The cosine of an angle of at most pi/4 in magnitude. */
  static double cosine(double x) {
    double z = x * x;
    double sum = 1 - z * (1.0 / (17 * 18));
    sum = 1 - sum * z * (1.0 / (15 * 16));
    sum = 1 - sum * z * (1.0 / (13 * 14));
    sum = 1 - sum * z * (1.0 / (11 * 12));
    sum = 1 - sum * z * (1.0 / (9 * 10));
    sum = 1 - sum * z * (1.0 / (7 * 8));
    sum = 1 - sum * z * (1.0 / (5 * 6));
    sum = 1 - sum * z * (1.0 / (3 * 4));
    return 1 - sum * z * 0.5;
  }
}
