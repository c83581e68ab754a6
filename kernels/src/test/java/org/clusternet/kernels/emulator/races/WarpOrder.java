package org.clusternet.kernels.emulator.races;

import java.util.Arrays;

/**
 * Time of one warp inside an epoch. Its stamp grows with each {@code bar.warp.sync}; {@code seen}
 * holds for each pair of lanes the stamp before which everything of the second is ordered before
 * what the first does now.
 */
public final class WarpOrder {
  private static final int LANES = 32;

  private final BlockOrder block;
  private final int warp;
  private final int[] seen = new int[LANES * LANES];
  private final int[] seenOfAll = new int[LANES];
  private int present;
  private int togetherAt;
  private int stamp;
  private long cell;
  private long globalFloor;
  private long sharedFloor;
  private long epoch;

  /** Time of a warp of a block. */
  public WarpOrder(BlockOrder block, int warp) {
    this.block = block;
    this.warp = warp;
  }

  /** The block began, with these lanes. */
  public void enter(int lanes) {
    present = lanes;
    newEpoch();
  }

  /** The block passed a barrier. */
  public void newEpoch() {
    if (stamp > 0) {
      Arrays.fill(seen, 0);
      Arrays.fill(seenOfAll, 0);
      stamp = 0;
      togetherAt = 0;
    }
    epoch = block.epoch();
    globalFloor = block.launchEpoch();
    sharedFloor = block.firstEpoch();
    cell = Cell.of(epoch, warp, 0);
  }

  private void tick() {
    if (++stamp == Cell.STAMP_LIMIT) {
      throw new IllegalStateException("more than 2^23 warp barriers between two block barriers");
    }
    cell = Cell.of(epoch, warp, stamp);
  }

  /** Lanes passed a {@code bar.warp.sync} together. */
  public void sync(int mask) {
    tick();
    if (mask == present) {
      togetherAt = stamp;
      return;
    }
    int[] joined = new int[LANES];
    for (int m = mask; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      for (int other = 0; other < LANES; other++) {
        joined[other] = Math.max(joined[other], seen[lane * LANES + other]);
      }
    }
    for (int m = mask; m != 0; m &= m - 1) {
      joined[Integer.numberOfTrailingZeros(m)] = stamp;
    }
    int all = Arrays.stream(joined).min().orElse(0);
    for (int m = mask; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      System.arraycopy(joined, 0, seen, lane * LANES, LANES);
      seenOfAll[lane] = all;
    }
  }

  /** Lanes executed a fence of device scope. */
  public void fence(int mask) {
    block.fence(warp, mask);
  }

  /** Lanes wrote to global memory. */
  public void wroteGlobal(int mask) {
    block.wrote(warp, mask);
  }

  /** A lane did an atomic on a global address, with a fence of its own or not. */
  public void atomic(long address, int lane) {
    if (block.usesFences()) {
      tick();
      block.atomic(address, warp, lane, stamp);
    }
  }

  long cell() {
    return cell;
  }

  long epoch() {
    return epoch;
  }

  int warp() {
    return warp;
  }

  long floor(boolean global) {
    return global ? globalFloor : sharedFloor;
  }

  boolean sameBlock(long otherEpoch) {
    return otherEpoch >= sharedFloor;
  }

  /** Whether what a lane did at a stamp comes before what this lane does now. */
  boolean before(int otherLane, int otherStamp, int lane) {
    return otherStamp < togetherAt || otherStamp < seen[lane * LANES + otherLane];
  }

  boolean allBefore(int lanes, int otherStamp, int lane) {
    if (otherStamp < togetherAt || otherStamp < seenOfAll[lane]) {
      return true;
    }
    for (int m = lanes & ~(1 << lane); m != 0; m &= m - 1) {
      if (!before(Integer.numberOfTrailingZeros(m), otherStamp, lane)) {
        return false;
      }
    }
    return true;
  }

  boolean handedOver(long other, int lanes, boolean write, int lane) {
    return block.handedOver(other, lanes, write, warp, lane);
  }

  boolean allHandedOver(int lane) {
    return block.allHandedOver(warp, lane);
  }

  String describe(long other, int lanes) {
    int lane = Integer.numberOfTrailingZeros(lanes);
    String thread = "thread " + (LANES * Cell.warp(other) + lane);
    return sameBlock(Cell.epoch(other))
        ? thread + " of the same block"
        : thread + " of " + block.blockName(Cell.epoch(other));
  }
}
