package org.clusternet.kernels.emulator;

import java.util.Optional;
import java.util.Random;

/** The order in which blocks run: by their index, or shuffled. */
final class BlockOrder {
  private final Optional<Random> random;
  private long[] shuffled = {};

  BlockOrder(Optional<Long> seed) {
    this.random = seed.map(Random::new);
  }

  long blockAt(long i, long blocks) {
    if (random.isEmpty()) {
      return i;
    }
    if (i == 0) {
      shuffle(Math.toIntExact(blocks));
    }
    return shuffled[(int) i];
  }

  private void shuffle(int blocks) {
    shuffled = new long[blocks];
    for (int i = 0; i < blocks; i++) {
      int j = random.orElseThrow().nextInt(i + 1);
      shuffled[i] = shuffled[j];
      shuffled[j] = i;
    }
  }
}
