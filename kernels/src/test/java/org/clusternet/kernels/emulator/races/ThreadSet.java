package org.clusternet.kernels.emulator.races;

/**
 * For each granule the threads whose reads (or atomics) may still conflict: the lanes of one warp,
 * or the note that several warps, or several blocks, are among them.
 */
final class ThreadSet {
  private final long[] cells;
  private final int[] lanes;

  ThreadSet(int granules) {
    this.cells = new long[granules];
    this.lanes = new int[granules];
  }

  ThreadSet refined(int factor) {
    ThreadSet finer = new ThreadSet(cells.length << factor);
    for (int i = 0; i < finer.cells.length; i++) {
      finer.cells[i] = cells[i >> factor];
      finer.lanes[i] = lanes[i >> factor];
    }
    return finer;
  }

  long cell(int granule) {
    return cells[granule];
  }

  int lanes(int granule) {
    return lanes[granule];
  }

  /** Whether nothing orders a member before what the lane does now. */
  boolean conflicts(int granule, WarpOrder order, int lane, boolean global, boolean write) {
    long cell = cells[granule];
    long epoch = Cell.epoch(cell);
    if (epoch < order.floor(global)) {
      return false;
    }
    if ((cell & Cell.MANY_BLOCKS) != 0) {
      return !order.allHandedOver(lane);
    }
    if (epoch == order.epoch()) {
      if ((cell & Cell.MANY_WARPS) != 0) {
        return true;
      }
      if (Cell.warp(cell) == order.warp()
          && order.allBefore(lanes[granule], Cell.stamp(cell), lane)) {
        return false;
      }
    } else if (order.sameBlock(epoch)) {
      return false;
    }
    return !order.handedOver(cell, lanes[granule], write, lane);
  }

  /** Adds the lane; members that it is ordered after need not be kept. */
  void add(int granule, WarpOrder order, int lane, boolean global) {
    long cell = cells[granule];
    long epoch = Cell.epoch(cell);
    long flags = 0;
    int kept = 0;
    if (epoch >= order.floor(global)) {
      flags = cell & Cell.MANY_BLOCKS;
      if (epoch == order.epoch()) {
        flags |= cell & Cell.MANY_WARPS;
        if (Cell.warp(cell) != order.warp()) {
          flags |= Cell.MANY_WARPS;
        } else if (!order.allBefore(lanes[granule], Cell.stamp(cell), lane)) {
          kept = lanes[granule];
        }
      } else if (!order.sameBlock(epoch) && !order.handedOver(cell, lanes[granule], false, lane)) {
        flags |= Cell.MANY_BLOCKS;
      }
    }
    cells[granule] = order.cell() | flags;
    lanes[granule] = kept | 1 << lane;
  }
}
