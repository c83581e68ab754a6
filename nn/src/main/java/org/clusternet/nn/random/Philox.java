package org.clusternet.nn.random;

/**
 * Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3",
 * SC11): a bijection of 128-bit counters keyed by 64 bits whose outputs pass BigCrush. It has no
 * state, so that any block can be computed in any order; GPU libraries offer the same function.
 */
final class Philox {
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final long MASK = 0xFFFFFFFFL;

  private Philox() {}

  /**
   * Replaces a counter by its image.
   *
   * @param key key, whose lower half is the first word
   * @param counter four words, least significant first; overwritten by the four words of output
   */
  static void block(long key, int[] counter) {
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = MULTIPLIER_0 * (counter[0] & MASK);
      long p1 = MULTIPLIER_1 * (counter[2] & MASK);
      counter[0] = (int) (p1 >>> 32) ^ counter[1] ^ k0;
      counter[2] = (int) (p0 >>> 32) ^ counter[3] ^ k1;
      counter[1] = (int) p1;
      counter[3] = (int) p0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
  }
}
