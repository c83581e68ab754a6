package org.clusternet.engine.tensor;

import java.lang.foreign.MemorySegment;

/** Where a {@link MemoryPool} gets its blocks: the operating system or a GPU driver. */
public interface MemorySource {

  /**
   * A block of at least {@code bytes}, aligned for every element type and vector load.
   *
   * @throws OutOfMemoryError if there is none
   */
  MemorySegment allocate(long bytes);

  /** Gives a block back. */
  void free(MemorySegment block);

  /** Overwrites a block with bytes of {@code 0xFF}, which read as NaN in every floating type. */
  void poison(MemorySegment block);
}
