package org.clusternet.engine.cuda.emulated;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/** Pinned memory of the host: what asynchronous copies may touch. */
final class PinnedMemory {
  private static final long PAGE = 4096;

  private record Block(Arena arena, MemorySegment memory) {}

  private final Map<Long, Block> blocks = new HashMap<>();

  @SuppressWarnings("MustBeClosedChecker") // free closes it
  MemorySegment allocate(long bytes) {
    Arena arena = Arena.ofShared();
    MemorySegment memory = arena.allocate(bytes, PAGE);
    memory.fill((byte) 0xA5);
    blocks.put(memory.address(), new Block(arena, memory));
    return memory;
  }

  void free(MemorySegment memory) {
    Block block = blocks.remove(memory.address());
    if (block == null) {
      throw Mistakes.of("cuMemFreeHost of memory that is not allocated, or twice");
    }
    block.arena().close();
  }

  /** Fails unless all of {@code memory} is pinned. */
  void require(MemorySegment memory, String call) {
    long from = memory.address();
    long to = from + memory.byteSize();
    boolean inside =
        blocks.values().stream()
            .map(Block::memory)
            .anyMatch(b -> from >= b.address() && to <= b.address() + b.byteSize());
    if (!inside) {
      throw Mistakes.of(call + ": host memory is not pinned, so the copy is not asynchronous");
    }
  }

  boolean isEmpty() {
    return blocks.isEmpty();
  }
}
