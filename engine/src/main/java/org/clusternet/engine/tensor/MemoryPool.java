package org.clusternet.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Recycles blocks by exact size, so that a step that repeats asks the source for nothing.
 *
 * <p>The shapes of a training step do not change. With exact sizes the number of blocks of each
 * size in flight is then the same in every step, and the second step finds all that it needs; a
 * best-fit search could instead hand a large block to a small request and miss later. The price is
 * that blocks of one size never serve another; {@link #trim} returns what is free.
 *
 * <p>With {@code -Dclusternet.poison=true} every block is filled with NaN when it is handed out and
 * when it comes back, so that a read of memory that was never written, or is no longer owned,
 * shows.
 */
public final class MemoryPool implements AutoCloseable {
  private static final long GRANULE = 256;

  private final MemorySource source;
  private final boolean poison;
  private final Map<Long, Deque<MemorySegment>> free = new HashMap<>();
  private long liveBytes;
  private long peakBytes;
  private long heldBytes;
  private long sourceAllocations;

  /** A pool over {@code source}; poisoning as the system property says. */
  public MemoryPool(MemorySource source) {
    this(source, Boolean.getBoolean("clusternet.poison"));
  }

  /** A pool over {@code source}. */
  public MemoryPool(MemorySource source, boolean poison) {
    this.source = source;
    this.poison = poison;
  }

  synchronized Allocation acquire(long bytes) {
    long size = roundUp(bytes);
    Deque<MemorySegment> blocks = free.get(size);
    MemorySegment block = blocks == null ? null : blocks.poll();
    if (block == null) {
      block = allocate(size);
      heldBytes += size;
      sourceAllocations++;
    }
    if (poison) {
      source.poison(block);
    }
    liveBytes += size;
    peakBytes = Math.max(peakBytes, liveBytes);
    return new Allocation(block);
  }

  private MemorySegment allocate(long size) {
    try {
      return source.allocate(size);
    } catch (OutOfMemoryError first) {
      trim();
      try {
        return source.allocate(size);
      } catch (OutOfMemoryError second) {
        OutOfMemoryError error =
            new OutOfMemoryError(
                "asked for %,d bytes with %,d in use and %,d held (%s); lower the batch or image size"
                    .formatted(size, liveBytes, heldBytes, second.getMessage()));
        error.initCause(second);
        throw error;
      }
    }
  }

  synchronized void release(Allocation allocation) {
    if (!allocation.isLive()) {
      return;
    }
    allocation.end();
    MemorySegment block = allocation.memory();
    if (poison) {
      source.poison(block);
    }
    liveBytes -= block.byteSize();
    free.computeIfAbsent(block.byteSize(), size -> new ArrayDeque<>()).push(block);
  }

  /** Returns every free block to the source. */
  public synchronized void trim() {
    for (Deque<MemorySegment> blocks : free.values()) {
      for (MemorySegment block : blocks) {
        heldBytes -= block.byteSize();
        source.free(block);
      }
    }
    free.clear();
  }

  /** Bytes that tensors hold now. */
  public synchronized long liveBytes() {
    return liveBytes;
  }

  /** The most that {@link #liveBytes} has been. */
  public synchronized long peakBytes() {
    return peakBytes;
  }

  /** Bytes taken from the source and not returned to it: in use or free. */
  public synchronized long heldBytes() {
    return heldBytes;
  }

  /** How often the source was asked; constant from the second step of a training run on. */
  public synchronized long sourceAllocations() {
    return sourceAllocations;
  }

  /** Returns the free blocks; tensors still alive keep theirs until their scopes are left. */
  @Override
  public void close() {
    trim();
  }

  private static long roundUp(long bytes) {
    return Math.max(GRANULE, (bytes + GRANULE - 1) / GRANULE * GRANULE);
  }
}
