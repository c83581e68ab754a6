package org.clusternet.data.random;

import java.util.random.RandomGenerator;

/**
 * A random number generator whose output depends on its keys and on the number of values taken
 * only: the same on every JVM and every machine, for any number of threads.
 *
 * <p>It is SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
 * generators", OOPSLA; the finaliser is Stafford's variant 13, as in Vigna's splitmix64.c). The
 * n-th number is {@code mix(state + n * gamma)}, so it is counter based; the start state is the
 * fold of (seed, purpose, indices) through the same mixer, so that streams of different purposes or
 * indices have nothing to do with each other and drawing more in one place changes nothing
 * elsewhere. {@link java.util.SplittableRandom} has the same core but leaves its bounded and
 * Gaussian methods to the JDK's version; here {@link #nextInt(int)}, {@link #nextDouble()} and
 * {@link #nextGaussian()} are written out and fixed. Not for cryptography; not thread-safe.
 */
public final class CounterRandom implements RandomGenerator {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;
  private double spareGaussian = Double.NaN;

  /**
   * The stream of a purpose.
   *
   * @param seed seed given by the user
   * @param purpose purpose of the numbers, such as {@code "folds"}
   * @param indices further keys, such as an epoch or the index of a cluster
   */
  public CounterRandom(long seed, String purpose, long... indices) {
    long key = mix(seed + GAMMA);
    for (int i = 0; i < purpose.length(); i++) {
      key = mix((key ^ purpose.charAt(i)) + GAMMA);
    }
    key = mix((key ^ purpose.length()) + GAMMA);
    for (long index : indices) {
      key = mix((key ^ mix(index + GAMMA)) + GAMMA);
    }
    state = key;
  }

  private CounterRandom(long state) {
    this.state = state;
  }

  /** Plain SplitMix64 from a state, to be compared with its published numbers. */
  static CounterRandom ofState(long state) {
    return new CounterRandom(state);
  }

  @Override
  public long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /**
   * The upper 32 bits of the next number.
   *
   * @return any int
   */
  @Override
  public int nextInt() {
    return (int) (nextLong() >>> 32);
  }

  /**
   * A number below a bound, without bias (Lemire 2019, "Fast random integer generation in an
   * interval", Algorithm 5).
   *
   * @param bound at least 1
   * @return from 0 to bound - 1
   * @throws IllegalArgumentException if the bound is not positive
   */
  @Override
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("random: bound=" + bound + " must be at least 1");
    }
    long product = (nextInt() & 0xFFFFFFFFL) * bound;
    if ((product & 0xFFFFFFFFL) < bound) {
      long threshold = (1L << 32) % bound;
      while ((product & 0xFFFFFFFFL) < threshold) {
        product = (nextInt() & 0xFFFFFFFFL) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /**
   * A uniform number of 53 random bits.
   *
   * @return at least 0, below 1
   */
  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /**
   * A standard normal number (Marsaglia's polar method, with StrictMath so that it is the same on
   * every JVM).
   *
   * @return mean 0, standard deviation 1
   */
  @Override
  public double nextGaussian() {
    if (!Double.isNaN(spareGaussian)) {
      double spare = spareGaussian;
      spareGaussian = Double.NaN;
      return spare;
    }
    double u;
    double v;
    double s;
    do {
      u = 2 * nextDouble() - 1;
      v = 2 * nextDouble() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    double scale = Math.sqrt(-2 * StrictMath.log(s) / s);
    spareGaussian = v * scale;
    return u * scale;
  }

  /**
   * Shuffles in place (Fisher and Yates), every order equally likely.
   *
   * @param values what to shuffle
   */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swap = values[i];
      values[i] = values[j];
      values[j] = swap;
    }
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
