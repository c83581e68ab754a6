package org.clusternet.kernels.emulator.races;

import org.clusternet.kernels.emulator.fault.Fault;

/** Who accessed a range of memory last; says so when two accesses conflict. */
public final class Shadow {
  private static final int COARSEST = 4;

  private final Page[] pages;
  private final boolean global;

  /** For so many bytes of global or shared memory. */
  public Shadow(int bytes, boolean global) {
    this.pages = new Page[(bytes >>> Page.BITS) + 1];
    this.global = global;
  }

  private Page page(int offset, int bytes) {
    int index = offset >>> Page.BITS;
    int shift = Math.min(COARSEST, Integer.numberOfTrailingZeros(offset | bytes));
    Page page = pages[index];
    if (page == null) {
      page = new Page(shift);
      pages[index] = page;
    } else if (page.shift > shift) {
      page.refine(shift);
    }
    return page;
  }

  /** A lane reads through the cache that never sees what the launch itself writes. */
  public void readOnly(int offset, int bytes, WarpOrder order, int lane) {
    Page page = page(offset, bytes);
    int last = ((offset & Page.MASK) + bytes - 1) >> page.shift;
    for (int g = (offset & Page.MASK) >> page.shift; g <= last; g++) {
      if (Cell.epoch(page.writes[g]) >= order.floor(global)) {
        throw new Fault(
            lane,
            "read-only load of memory that the same launch writes, by "
                + order.describe(page.writes[g], 1 << Cell.lane(page.writes[g])));
      }
    }
    read(offset, bytes, order, lane);
  }

  /** A lane reads. */
  public void read(int offset, int bytes, WarpOrder order, int lane) {
    Page page = page(offset, bytes);
    int last = ((offset & Page.MASK) + bytes - 1) >> page.shift;
    for (int g = (offset & Page.MASK) >> page.shift; g <= last; g++) {
      checkWrites(page, g, order, lane, "read");
      if (page.atomics != null && page.atomics.conflicts(g, order, lane, global, true)) {
        throw race("read", "an atomic", page.atomics, g, order, lane);
      }
      page.reads.add(g, order, lane, global);
    }
  }

  /** A lane writes. */
  public void write(int offset, int bytes, WarpOrder order, int lane) {
    Page page = page(offset, bytes);
    long cell = Cell.withLane(order.cell(), lane);
    int last = ((offset & Page.MASK) + bytes - 1) >> page.shift;
    for (int g = (offset & Page.MASK) >> page.shift; g <= last; g++) {
      checkWrites(page, g, order, lane, "write");
      if (page.reads.conflicts(g, order, lane, global, false)) {
        throw race("write", "a read", page.reads, g, order, lane);
      }
      if (page.atomics != null && page.atomics.conflicts(g, order, lane, global, true)) {
        throw race("write", "an atomic", page.atomics, g, order, lane);
      }
      page.writes[g] = cell;
    }
  }

  /** A lane reads, writes or both atomically. */
  public void atomic(int offset, int bytes, WarpOrder order, int lane) {
    Page page = page(offset, bytes);
    int last = ((offset & Page.MASK) + bytes - 1) >> page.shift;
    for (int g = (offset & Page.MASK) >> page.shift; g <= last; g++) {
      checkWrites(page, g, order, lane, "atomic");
      if (page.reads.conflicts(g, order, lane, global, false)) {
        throw race("atomic", "a read", page.reads, g, order, lane);
      }
      page.atomics().add(g, order, lane, global);
    }
  }

  private void checkWrites(Page page, int granule, WarpOrder order, int lane, String what) {
    long cell = page.writes[granule];
    long epoch = Cell.epoch(cell);
    if (epoch < order.floor(global)) {
      return;
    }
    boolean unordered;
    int other = Cell.lane(cell);
    if (epoch == order.epoch()) {
      unordered =
          Cell.warp(cell) != order.warp()
              || (other != lane && !order.before(other, Cell.stamp(cell), lane));
    } else {
      unordered = !order.sameBlock(epoch);
    }
    if (unordered && !order.handedOver(cell, 1 << other, true, lane)) {
      throw race(lane, what, "a write by " + order.describe(cell, 1 << other));
    }
  }

  private Fault race(
      String what, String other, ThreadSet set, int granule, WarpOrder order, int lane) {
    long cell = set.cell(granule);
    boolean ownWarp = Cell.epoch(cell) == order.epoch() && Cell.warp(cell) == order.warp();
    int lanes = set.lanes(granule) & (ownWarp ? ~(1 << lane) : -1);
    String who = lanes == 0 ? "another thread" : order.describe(cell, lanes);
    return race(lane, what, other + " by " + who);
  }

  private Fault race(int lane, String what, String other) {
    return new Fault(
        lane,
        "race in "
            + (global ? "global" : "shared")
            + " memory: this "
            + what
            + " and "
            + other
            + " touch the same bytes and nothing orders them");
  }
}
