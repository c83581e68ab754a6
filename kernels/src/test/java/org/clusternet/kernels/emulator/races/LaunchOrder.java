package org.clusternet.kernels.emulator.races;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Which epochs belong to which block of a launch, and what was handed over between blocks. */
public final class LaunchOrder {
  final Clock clock;
  final long firstEpoch;
  boolean fenced;
  private long[] blockFirst = new long[64];
  private long[] blockIds = new long[64];
  private int blocks;
  private final long blockCount;
  private final Map<Long, Channel> channels = new HashMap<>();

  /** Order of a launch of so many blocks. */
  public LaunchOrder(Clock clock, long blockCount) {
    this.clock = clock;
    this.firstEpoch = clock.next();
    this.blockCount = blockCount;
  }

  long enter(long blockId) {
    if (blocks == blockFirst.length) {
      blockFirst = Arrays.copyOf(blockFirst, 2 * blocks);
      blockIds = Arrays.copyOf(blockIds, 2 * blocks);
    }
    long epoch = clock.next();
    blockFirst[blocks] = epoch;
    blockIds[blocks++] = blockId;
    return epoch;
  }

  /** Linear index of the block that an epoch belongs to. */
  long blockOf(long epoch) {
    int at = Arrays.binarySearch(blockFirst, 0, blocks, epoch);
    return blockIds[at >= 0 ? at : -at - 2];
  }

  long blockCount() {
    return blockCount;
  }

  Channel channel(long address) {
    return channels.computeIfAbsent(address, key -> new Channel());
  }
}
