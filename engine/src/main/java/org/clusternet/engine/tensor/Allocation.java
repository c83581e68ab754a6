package org.clusternet.engine.tensor;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** One block taken from a pool. It is live from its acquisition to its return. */
final class Allocation {
  private final MemorySegment memory;
  private final MemoryPool pool;
  private final MemoryPool.@Nullable Reserve reserve;
  private volatile boolean live = true;
  private volatile @Nullable Derived derived;

  Allocation(MemorySegment memory, MemoryPool pool, MemoryPool.@Nullable Reserve reserve) {
    this.memory = memory;
    this.pool = pool;
    this.reserve = reserve;
  }

  MemorySegment memory() {
    return memory;
  }

  /** The recording that it belongs to, if any. */
  MemoryPool.@Nullable Reserve reserve() {
    return reserve;
  }

  boolean isLive() {
    return live;
  }

  /** Declares that the content stays as it is. */
  synchronized void freeze() {
    if (derived == null) {
      derived = new Derived(pool);
    }
  }

  /** What is kept beside it, if it is frozen. */
  @Nullable Derived derived() {
    return derived;
  }

  /** Ends what was derived from it, before it ends itself. */
  void endDerived() {
    Derived kept = derived;
    if (kept != null) {
      kept.close();
    }
  }

  void end() {
    live = false;
  }
}
