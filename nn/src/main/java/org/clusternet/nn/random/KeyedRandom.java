package org.clusternet.nn.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.IntStream;

/**
 * A stream of random numbers that is a pure function of (seed, purpose, name): number i is the same
 * on every machine, for every number of threads, and however many numbers are drawn. Adding a
 * parameter to a model changes the initial values of no other.
 *
 * <p>The generator is Philox4x32-10 keyed by the seed. The upper half of the counter is the stream
 * (the first eight bytes, big-endian, of the SHA-256 of purpose, a zero byte, and name in UTF-8),
 * the lower half the block. A block's four words give four numbers; normal ones are computed by
 * {@link BoxMuller}.
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
   * @param seed random seed
   * @param purpose purpose of the numbers, for instance {@code initial}
   * @param name name of what the numbers belong to, for instance the key of a parameter
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
        (words, to, at) -> {
          BoxMuller.pair(words[0], words[1], standardDeviation, to, at);
          BoxMuller.pair(words[2], words[3], standardDeviation, to, at + 2);
        });
  }

  /** Fills an array with the stream's numbers, uniform between two bounds, both excluded. */
  public void fillUniform(double[] values, double low, double high) {
    fill(
        values,
        (words, to, at) -> {
          for (int k = 0; k < WORDS; k++) {
            to[at + k] = low + (high - low) * unit(words[k]);
          }
        });
  }

  /** The middle of one of 2^32 equal parts of (0, 1). */
  private static double unit(int word) {
    return ((word & 0xFFFFFFFFL) + 0.5) * TWO_TO_MINUS_32;
  }

  @FunctionalInterface
  private interface Transform {
    /** Writes the four numbers of a block's words. */
    void apply(int[] words, double[] to, int at);
  }

  private void fill(double[] values, Transform transform) {
    int whole = values.length / WORDS;
    IntStream.range(0, (whole + BLOCKS_PER_TASK - 1) / BLOCKS_PER_TASK)
        .parallel()
        .map(task -> task * BLOCKS_PER_TASK)
        .forEach(
            begin -> {
              int[] words = new int[WORDS];
              for (int b = begin; b < Math.min(whole, begin + BLOCKS_PER_TASK); b++) {
                draw(b, words);
                transform.apply(words, values, b * WORDS);
              }
            });
    if (whole * WORDS < values.length) {
      int[] words = new int[WORDS];
      double[] last = new double[WORDS];
      draw(whole, words);
      transform.apply(words, last, 0);
      System.arraycopy(last, 0, values, whole * WORDS, values.length - whole * WORDS);
    }
  }

  private void draw(int block, int[] words) {
    words[0] = block;
    words[1] = 0;
    words[2] = (int) stream;
    words[3] = (int) (stream >>> 32);
    Philox.block(seed, words);
  }
}
