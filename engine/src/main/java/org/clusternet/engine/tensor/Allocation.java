package org.clusternet.engine.tensor;

import java.lang.foreign.MemorySegment;

/** One block taken from a pool. It is live from its acquisition to its return. */
final class Allocation {
  private final MemorySegment memory;
  private volatile boolean live = true;

  Allocation(MemorySegment memory) {
    this.memory = memory;
  }

  MemorySegment memory() {
    return memory;
  }

  boolean isLive() {
    return live;
  }

  void end() {
    live = false;
  }
}
