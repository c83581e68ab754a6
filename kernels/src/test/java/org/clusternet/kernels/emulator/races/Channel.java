package org.clusternet.kernels.emulator.races;

import java.util.HashMap;
import java.util.Map;

/** An address that blocks hand over through: each later atomic observes all earlier ones. */
final class Channel {
  private record Entry(int index, Release release) {}

  private final Map<Long, Entry> byBlock = new HashMap<>();
  private int count;

  void publish(long block, Release release) {
    byBlock.put(block, new Entry(count++, release));
  }

  int count() {
    return count;
  }

  /** What a block published among the first {@code seen} releases, or null. */
  Release of(long block, int seen) {
    Entry entry = byBlock.get(block);
    return entry != null && entry.index() < seen ? entry.release() : null;
  }

  int blocks() {
    return byBlock.size();
  }
}
