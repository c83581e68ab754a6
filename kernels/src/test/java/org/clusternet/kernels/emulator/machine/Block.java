package org.clusternet.kernels.emulator.machine;

import org.clusternet.kernels.Dim;
import org.clusternet.kernels.emulator.fault.Fault;
import org.clusternet.kernels.emulator.memory.Ranges;
import org.clusternet.kernels.emulator.memory.Storage;
import org.clusternet.kernels.emulator.races.BlockOrder;
import org.clusternet.kernels.emulator.races.Shadow;
import org.clusternet.kernels.emulator.races.WarpOrder;

/**
 * A block: its warps, its shared memory and the local memory of its threads. One object serves all
 * blocks of a launch, one after the other.
 */
public final class Block {
  private final Context context;
  private final Storage shared;
  private final Ranges sharedRanges;
  private final Shadow sharedShadow;
  private final Storage local;
  private final BlockOrder order;
  private final Warp[] warps;
  private long index;

  /** For a launch. */
  public Block(Context context) {
    this.context = context;
    Program program = context.program();
    this.sharedRanges = program.shared().with("dynamic shared memory", context.dynamicShared());
    this.shared = new Storage(sharedRanges.size());
    this.sharedShadow = new Shadow(sharedRanges.size(), false);
    int count = (context.threads() + Warp.LANES - 1) / Warp.LANES;
    this.local = new Storage(program.frameBytes() * count * Warp.LANES);
    this.order = new BlockOrder(count);
    this.warps = new Warp[count];
    for (int i = 0; i < count; i++) {
      warps[i] = new Warp(this, i, new WarpOrder(order, i));
    }
  }

  /** What it shares with other blocks. */
  public Context context() {
    return context;
  }

  /** Shared memory. */
  public Storage shared() {
    return shared;
  }

  /** Where its variables lie in shared memory. */
  public Ranges sharedRanges() {
    return sharedRanges;
  }

  /** Who accessed shared memory. */
  public Shadow sharedShadow() {
    return sharedShadow;
  }

  /** Local memory, thread by thread. */
  public Storage local() {
    return local;
  }

  /** Runs the block of an index, x fastest. */
  public void run(long blockIndex) {
    index = blockIndex;
    shared.markAllUnwritten();
    local.markAllUnwritten();
    order.enter(context.order(), blockIndex);
    for (Warp warp : warps) {
      warp.enter(blockIndex);
    }
    boolean running = true;
    while (running) {
      for (Warp warp : warps) {
        warp.run();
      }
      running = passBarrier();
    }
  }

  private boolean passBarrier() {
    int where = -1;
    int votes = 0;
    int threads = 0;
    for (Warp warp : warps) {
      if (!warp.finished()) {
        int here = warp.barrier();
        if (where >= 0 && here != where) {
          throw new ThreadFault(
              warp.place(Integer.numberOfTrailingZeros(warp.alive())),
              context.program().code()[here],
              new Fault(
                  "divergent barrier: other warps of the block wait at "
                      + context.program().code()[where]));
        }
        where = here;
        votes += barrierAt(where).votes(warp, warp.alive());
        threads += Integer.bitCount(warp.alive());
      }
    }
    if (where < 0) {
      return false;
    }
    context.counters().barriers++;
    order.barrier();
    for (Warp warp : warps) {
      if (!warp.finished()) {
        barrierAt(where).conclude(warp, warp.alive(), votes, threads);
        warp.passBarrier();
      }
    }
    return true;
  }

  private BlockBarrier barrierAt(int where) {
    return (BlockBarrier) context.program().code()[where];
  }

  /** Names a thread of it. */
  String place(int thread) {
    return "block " + triple(index, context.grid()) + ", thread " + triple(thread, context.block());
  }

  private static String triple(long at, Dim extents) {
    long x = at % extents.x();
    long y = at / extents.x() % extents.y();
    long z = at / extents.x() / extents.y();
    return "(" + x + "," + y + "," + z + ")";
  }
}
