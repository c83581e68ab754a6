package org.clusternet.kernels.emulator.races;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An address that blocks hand over through: each later atomic observes all earlier ones. */
final class Channel {
  private record Entry(int index, Release release) {}

  private final Map<Long, List<Entry>> byBlock = new HashMap<>();
  private int count;

  void publish(long block, Release release) {
    byBlock.computeIfAbsent(block, key -> new ArrayList<>()).add(new Entry(count++, release));
  }

  int count() {
    return count;
  }

  /** Whether an access of a block is covered by one of its first {@code seen} releases. */
  boolean covers(long block, int seen, long cell, int lanes, boolean write) {
    for (Entry each : byBlock.getOrDefault(block, List.of())) {
      if (each.index() < seen && each.release().covers(cell, lanes, write)) {
        return true;
      }
    }
    return false;
  }

  /** Number of blocks other than this that released something here. */
  int others(long block) {
    return byBlock.size() - (byBlock.containsKey(block) ? 1 : 0);
  }
}
