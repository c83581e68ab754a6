package org.clusternet.engine.tensor;

import java.lang.foreign.MemorySegment;

/** One block taken from a pool. It is live from its acquisition to its return. */
final class Allocation {
  private final MemorySegment memory;
  private final MemoryPool.Reserve reserve;
  private volatile boolean live = true;

  Allocation(MemorySegment memory, MemoryPool.Reserve reserve) {
    this.memory = memory;
    this.reserve = reserve;
  }

  MemorySegment memory() {
    return memory;
  }

  /** The recording that it belongs to, or null. */
  MemoryPool.Reserve reserve() {
    return reserve;
  }

  boolean isLive() {
    return live;
  }

  void end() {
    live = false;
  }
}
