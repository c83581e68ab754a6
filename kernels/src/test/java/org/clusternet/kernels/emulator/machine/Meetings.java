package org.clusternet.kernels.emulator.machine;

import org.clusternet.kernels.emulator.fault.Fault;

/** Where lanes of a warp wait for one another, and whether those that they wait for are there. */
final class Meetings {
  private final Warp warp;
  private final Fragments others;
  private final Instruction[] code;

  Meetings(Warp warp, Fragments others, Instruction[] code) {
    this.warp = warp;
    this.others = others;
    this.code = code;
  }

  /** Exits may have left nobody to wait for. */
  void wake() {
    releaseSyncs();
    for (int i = 0; i < others.count(); i++) {
      if (others.state(i) == Fragments.WAITING
          && code[others.pc(i)] instanceof WarpInstruction instruction
          && instruction.complete(warp, others.mask(i))) {
        int where = others.pc(i);
        int mask = others.mask(i);
        others.remove(i);
        others.add(where, mask, Fragments.READY);
        return;
      }
    }
  }

  /** Lets lanes pass that wait at any {@code bar.warp.sync} for one another. */
  void releaseSyncs() {
    for (int i = 0; i < others.count(); i++) {
      if (others.state(i) == Fragments.WAITING && code[others.pc(i)] instanceof SyncWarp sync) {
        int named = sync.member(warp, Integer.numberOfTrailingZeros(others.mask(i)));
        if (syncing(named) == (named & warp.alive())) {
          release(named & warp.alive());
          return;
        }
      }
    }
  }

  private int syncing(int named) {
    int lanes = 0;
    for (int i = 0; i < others.count(); i++) {
      if (others.state(i) == Fragments.WAITING && code[others.pc(i)] instanceof SyncWarp sync) {
        for (int m = others.mask(i) & named; m != 0; m &= m - 1) {
          int lane = Integer.numberOfTrailingZeros(m);
          lanes |= sync.member(warp, lane) == named ? 1 << lane : 0;
        }
      }
    }
    return lanes;
  }

  private void release(int lanes) {
    warp.order().sync(lanes);
    for (int i = others.count() - 1; i >= 0; i--) {
      int mask = others.mask(i) & lanes;
      if (mask != 0) {
        int where = others.pc(i);
        int rest = others.mask(i) & ~lanes;
        others.remove(i);
        if (rest != 0) {
          others.add(where, rest, Fragments.WAITING);
        }
        others.add(where + 1, mask, Fragments.READY);
      }
    }
  }

  /** The one barrier that all living lanes wait at; a fault if there is none. */
  int barrier() {
    for (int i = 0; i < others.count(); i++) {
      if (others.state(i) == Fragments.WAITING) {
        throw stuck(i);
      }
    }
    if (others.count() != 1) {
      int lane = Integer.numberOfTrailingZeros(others.mask(1));
      throw new ThreadFault(
          warp.place(lane),
          code[others.pc(1)],
          new Fault(
              "divergent barrier: lanes 0x%x of the same warp wait at %s"
                  .formatted(others.mask(0), code[others.pc(0)])));
    }
    return others.pc(0);
  }

  private ThreadFault stuck(int fragment) {
    int lanes = others.mask(fragment);
    int lane = Integer.numberOfTrailingZeros(lanes);
    return new ThreadFault(
        warp.place(lane),
        code[others.pc(fragment)],
        new Fault(
            ("lanes 0x%x wait here for lanes of their member mask that never come; "
                    + "living lanes are 0x%x")
                .formatted(lanes, warp.alive())));
  }
}
