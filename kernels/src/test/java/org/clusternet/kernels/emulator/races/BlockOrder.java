package org.clusternet.kernels.emulator.races;

import java.util.ArrayList;
import java.util.Arrays;
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
    Arrays.fill(unfenced, 0);
    Arrays.fill(fencedThisEpoch, 0);
    Arrays.fill(fencedEver, 0);
  }

  /** All threads passed a barrier. */
  public void barrier() {
    epoch = launch.clock.next();
    Arrays.fill(fencedThisEpoch, 0);
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
    launch.fenced = true;
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

  /** Whether any thread of the launch executed a fence: without one nothing is handed over. */
  boolean usesFences() {
    return launch.fenced;
  }

  /** Whether an access of another block was handed over to a thread. */
  boolean handedOver(long cell, int lanes, boolean write, int warp, int lane) {
    long other = launch.blockOf(Cell.epoch(cell));
    for (Acquired each : acquired) {
      if (visible(each, warp, lane)
          && each.channel().covers(other, each.seen(), cell, lanes, write)) {
        return true;
      }
    }
    return false;
  }

  /** Whether every other block handed something over to a thread. */
  boolean allHandedOver(int warp, int lane) {
    for (Acquired each : acquired) {
      if (visible(each, warp, lane) && each.channel().others(id) == launch.blockCount() - 1) {
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
