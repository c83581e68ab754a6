package org.clusternet.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private final Set<Allocation> live = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean closed;
  private long liveBytes;
  private long peakBytes;
  private long heldBytes;
  private long sourceAllocations;
  private @Nullable Reserve recording;

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
    if (closed) {
      throw new IllegalStateException("allocate bytes=" + bytes + ": the device has been closed");
    }
    long size = roundUp(bytes);
    MemorySegment block = recording == null ? null : poll(recording.free, size);
    if (block == null) {
      block = poll(free, size);
    }
    if (block == null) {
      block = allocate(size);
      heldBytes += size;
      sourceAllocations++;
    }
    if (poison) {
      try {
        source.poison(block);
      } catch (RuntimeException e) {
        push(free, block);
        throw e;
      }
    }
    liveBytes += size;
    peakBytes = Math.max(peakBytes, liveBytes);
    Allocation allocation = new Allocation(block, this, recording);
    live.add(allocation);
    return allocation;
  }

  private static @Nullable MemorySegment poll(Map<Long, Deque<MemorySegment>> blocks, long size) {
    Deque<MemorySegment> fitting = blocks.get(size);
    return fitting == null ? null : fitting.poll();
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

  void release(Allocation allocation) {
    allocation.endDerived();
    takeBack(allocation);
  }

  private synchronized void takeBack(Allocation allocation) {
    if (!live.remove(allocation)) {
      return;
    }
    allocation.end();
    MemorySegment block = allocation.memory();
    liveBytes -= block.byteSize();
    Reserve reserve = allocation.reserve();
    push(closed || reserve == null || reserve.closed ? free : reserve.free, block);
    if (poison && !closed) {
      source.poison(block);
    }
  }

  private static void push(Map<Long, Deque<MemorySegment>> blocks, MemorySegment block) {
    blocks.computeIfAbsent(block.byteSize(), size -> new ArrayDeque<>()).push(block);
  }

  /**
   * Blocks that recorded work goes on using after the tensors that it was recorded with have ended.
   */
  public final class Reserve implements AutoCloseable {
    private final Map<Long, Deque<MemorySegment>> free = new HashMap<>();
    private boolean closed;

    private Reserve() {}

    /** Ends the recording: the pool serves everybody from its other blocks again. */
    public void end() {
      synchronized (MemoryPool.this) {
        if (recording == this) {
          recording = null;
        }
      }
    }

    /** Bytes kept for the recorded work that no live tensor holds. */
    public long bytes() {
      synchronized (MemoryPool.this) {
        return free.entrySet().stream().mapToLong(e -> e.getKey() * e.getValue().size()).sum();
      }
    }

    /** Gives the blocks back to the pool; those of tensors still alive follow when they end. */
    @Override
    public void close() {
      synchronized (MemoryPool.this) {
        end();
        closed = true;
        free.values().forEach(blocks -> blocks.forEach(block -> push(MemoryPool.this.free, block)));
        free.clear();
      }
    }
  }

  /**
   * Begins to set aside every block that is handed out from now on: within the recording it is
   * recycled, afterwards it is not used for anything else until the reserve is closed.
   *
   * @throws IllegalStateException if there is a recording already
   */
  public synchronized Reserve reserve() {
    if (recording != null) {
      throw new IllegalStateException("reserve: another recording has not ended");
    }
    Reserve begun = new Reserve();
    recording = begun;
    return begun;
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

  /**
   * Returns every block to the source. Tensors still alive end with it, those of a model whose
   * making broke off among them: no scope need be left for that.
   */
  @Override
  public synchronized void close() {
    closed = true;
    for (Allocation allocation : List.copyOf(live)) {
      takeBack(allocation);
    }
    trim();
  }

  private static long roundUp(long bytes) {
    return Math.max(GRANULE, (bytes + GRANULE - 1) / GRANULE * GRANULE);
  }
}
