package org.clusternet.data.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.core.source64.SplitMix64;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * A random number generator whose output depends on its keys and on the number of values taken
 * only: the same on every JVM and every machine, for any number of threads.
 *
 * <p>It is the SplitMix64 of Apache Commons RNG (Steele, Lea and Flood 2014, "Fast splittable
 * pseudorandom number generators", OOPSLA; the finaliser is Stafford's variant 13), whose start
 * state is a hash of (seed, purpose, indices), so that streams of different purposes or indices are
 * independent and drawing more values in one place changes nothing elsewhere. Bounded integers and
 * doubles are those of {@link UniformRandomProvider}, integer arithmetic throughout. Normal numbers
 * are those of {@link ZigguratSampler}: table entries times random integers, where {@code Math.exp}
 * is used only to accept or reject about one number in a hundred. Not for cryptography; not
 * thread-safe.
 */
public final class CounterRandom implements UniformRandomProvider {
  private final SplitMix64 stream;
  private final ZigguratSampler.NormalizedGaussian normal =
      ZigguratSampler.NormalizedGaussian.of(this);

  /**
   * The stream of a purpose.
   *
   * @param seed seed given by the user
   * @param purpose purpose of the numbers, such as {@code "folds"}
   * @param indices further keys, such as an epoch or the index of a cluster
   */
  public CounterRandom(long seed, String purpose, long... indices) {
    this(key(seed, purpose, indices));
  }

  private CounterRandom(long state) {
    stream = new SplitMix64(state);
  }

  private static long key(long seed, String purpose, long... indices) {
    long key = mix(seed);
    for (int i = 0; i < purpose.length(); i++) {
      key = mix(key ^ purpose.charAt(i));
    }
    key = mix(key ^ purpose.length());
    for (long index : indices) {
      key = mix(key ^ mix(index));
    }
    return key;
  }

  private static long mix(long value) {
    return new SplitMix64(value).nextLong();
  }

  /** Plain SplitMix64 from a state, to be compared with its published numbers. */
  static CounterRandom ofState(long state) {
    return new CounterRandom(state);
  }

  @Override
  public long nextLong() {
    return stream.nextLong();
  }

  /**
   * A standard normal number.
   *
   * @return mean 0, standard deviation 1
   */
  public double nextGaussian() {
    return normal.sample();
  }

  /**
   * Shuffles in place (Fisher and Yates), every order equally likely. Written out because folds and
   * batches of earlier runs depend on the order of its draws.
   *
   * @param values values to shuffle
   */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swap = values[i];
      values[i] = values[j];
      values[j] = swap;
    }
  }
}
