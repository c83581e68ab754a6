package org.clusternet.nn.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.IntStream;

/**
 * A stream of random numbers that is a pure function of (seed, purpose, name): number i is the same
 * on every machine, for every number of threads, and however many numbers are asked for. Adding a
 * parameter to a model changes no other parameter's numbers.
 *
 * <p>Philox4x32-10 keyed by the seed; the upper half of the counter says which stream (the first
 * eight bytes, big-endian, of the SHA-256 of purpose, a zero byte, and name in UTF-8), the lower
 * half which block. A block's four words give four numbers. Normal ones are by Box and Muller 1958
 * with {@link StrictMath}, whose results are the same everywhere.
 */
public final class KeyedRandom {
  private static final int WORDS = 4;
  private static final int BLOCKS_PER_TASK = 1 << 12;
  private static final double TWO_TO_MINUS_32 = 0x1p-32;

  private final long seed;
  private final long stream;

  /**
   * A stream.
   *
   * @param seed the user's
   * @param purpose what the numbers are for, for instance {@code initial}
   * @param name whose they are, for instance a parameter's key
   */
  public KeyedRandom(long seed, String purpose, String name) {
    this.seed = seed;
    this.stream = hash(purpose + '\0' + name);
  }

  private static long hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Fills an array with the stream's normal numbers of mean 0. */
  public void fillNormal(double[] values, double standardDeviation) {
    fill(
        values,
        words -> {
          double[] pair = new double[WORDS];
          for (int k = 0; k < WORDS; k += 2) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(unit(words[k])));
            double angle = 2 * Math.PI * unit(words[k + 1]);
            pair[k] = standardDeviation * (radius * StrictMath.cos(angle));
            pair[k + 1] = standardDeviation * (radius * StrictMath.sin(angle));
          }
          return pair;
        });
  }

  /** Fills an array with the stream's numbers, uniform between two bounds, neither included. */
  public void fillUniform(double[] values, double low, double high) {
    fill(
        values,
        words -> {
          double[] numbers = new double[WORDS];
          for (int k = 0; k < WORDS; k++) {
            numbers[k] = low + (high - low) * unit(words[k]);
          }
          return numbers;
        });
  }

  /** The middle of one of 2^32 equal parts of (0, 1). */
  private static double unit(int word) {
    return ((word & 0xFFFFFFFFL) + 0.5) * TWO_TO_MINUS_32;
  }

  @FunctionalInterface
  private interface Transform {
    double[] apply(int[] words);
  }

  private void fill(double[] values, Transform transform) {
    int blocks = (values.length + WORDS - 1) / WORDS;
    int tasks = (blocks + BLOCKS_PER_TASK - 1) / BLOCKS_PER_TASK;
    IntStream.range(0, tasks)
        .parallel()
        .forEach(
            task -> {
              int end = Math.min(blocks, (task + 1) * BLOCKS_PER_TASK);
              for (int block = task * BLOCKS_PER_TASK; block < end; block++) {
                double[] numbers = transform.apply(words(block));
                int from = block * WORDS;
                System.arraycopy(numbers, 0, values, from, Math.min(WORDS, values.length - from));
              }
            });
  }

  private int[] words(long block) {
    int[] words = {
      (int) block, (int) (block >>> 32), (int) stream, (int) (stream >>> 32),
    };
    Philox.block(seed, words);
    return words;
  }
}
