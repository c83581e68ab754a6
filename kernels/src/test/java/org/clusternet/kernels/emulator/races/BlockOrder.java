package org.clusternet.kernels.emulator.races;

import java.util.ArrayList;
import java.util.List;

/** Time of one block. */
public final class BlockOrder {
  private record Acquired(Channel channel, int seen, long epoch, int warp, int lane) {}

  private LaunchOrder launch;
  private long id;
  private long firstEpoch;
  private long epoch;
  private final int[] unfenced;
  private final int[] fencedThisEpoch;
  private final int[] fencedEver;
  private final List<Acquired> acquired = new ArrayList<>();

  /** For blocks of so many warps. */
  public BlockOrder(int warps) {
    this.unfenced = new int[warps];
    this.fencedThisEpoch = new int[warps];
    this.fencedEver = new int[warps];
  }

  /** A block begins. */
  public void enter(LaunchOrder order, long blockId) {
    launch = order;
    id = blockId;
    firstEpoch = order.enter(blockId);
    epoch = firstEpoch;
    acquired.clear();
    java.util.Arrays.fill(unfenced, 0);
    java.util.Arrays.fill(fencedThisEpoch, 0);
    java.util.Arrays.fill(fencedEver, 0);
  }

  /** All threads passed a barrier. */
  public void barrier() {
    epoch = launch.clock.next();
    java.util.Arrays.fill(fencedThisEpoch, 0);
  }

  long epoch() {
    return epoch;
  }

  long firstEpoch() {
    return firstEpoch;
  }

  long launchEpoch() {
    return launch.firstEpoch;
  }

  void wrote(int warp, int mask) {
    unfenced[warp] |= mask;
  }

  void fence(int warp, int mask) {
    unfenced[warp] &= ~mask;
    fencedThisEpoch[warp] |= mask;
    fencedEver[warp] |= mask;
  }

  /** An atomic of a thread on an address: it observes earlier ones, and publishes after a fence. */
  void atomic(long address, int warp, int lane, int stampAfter) {
    int bit = 1 << lane;
    Channel channel = launch.channel(address);
    if (channel.count() > 0) {
      acquired.add(new Acquired(channel, channel.count(), epoch, warp, lane));
    }
    if ((fencedEver[warp] & bit) != 0) {
      boolean fenced = (fencedThisEpoch[warp] & bit) != 0;
      channel.publish(id, new Release(epoch, warp, lane, stampAfter, fenced, unfenced.clone()));
    }
  }

  boolean usesFences(int warp) {
    return fencedEver[warp] != 0;
  }

  /** Whether an access of another block was handed over to a thread. */
  boolean handedOver(long cell, int lanes, boolean write, int warp, int lane) {
    long other = launch.blockOf(Cell.epoch(cell));
    for (Acquired each : acquired) {
      if (visible(each, warp, lane)) {
        Release release = each.channel().of(other, each.seen());
        if (release != null && release.covers(cell, lanes, write)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether every other block handed something over to a thread. */
  boolean allHandedOver(int warp, int lane) {
    for (Acquired each : acquired) {
      boolean own = each.channel().of(id, Integer.MAX_VALUE) != null;
      if (visible(each, warp, lane)
          && each.channel().blocks() - (own ? 1 : 0) == launch.blockCount() - 1) {
        return true;
      }
    }
    return false;
  }

  private boolean visible(Acquired each, int warp, int lane) {
    return each.epoch() < epoch || (each.warp() == warp && each.lane() == lane);
  }

  String blockName(long otherEpoch) {
    return "block " + launch.blockOf(otherEpoch);
  }
}
