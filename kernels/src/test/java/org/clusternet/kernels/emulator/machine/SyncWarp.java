package org.clusternet.kernels.emulator.machine;

import org.clusternet.kernels.emulator.fault.Fault;

/**
 * {@code bar.warp.sync}: orders memory among the lanes that it names. From sm_70 on they may come
 * by different instructions.
 */
public final class SyncWarp extends ControlInstruction {
  private final int members;

  /** With the register that holds the member mask. */
  public SyncWarp(int members) {
    super(InstructionClass.WARP);
    this.members = members;
  }

  @Override
  public void transfer(Warp warp, int mask) {
    int skipped = warp.active & ~mask;
    int here = warp.pc;
    warp.active = 0;
    for (int m = mask; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      int named = member(warp, lane);
      if ((named & 1 << lane) == 0) {
        throw new Fault(
            lane, "the lane is not in the member mask 0x%x that it names".formatted(named));
      }
    }
    int first = mask == 0 ? 0 : member(warp, Integer.numberOfTrailingZeros(mask));
    if (mask != 0 && mask == (first & warp.alive())) {
      warp.order().sync(mask);
      warp.resume(here + 1, mask | skipped);
      return;
    }
    for (int m = mask; m != 0; m &= m - 1) {
      warp.park(here, m & -m, Fragments.WAITING);
    }
    warp.releaseSyncs();
    warp.resume(here + 1, skipped);
  }

  int member(Warp warp, int lane) {
    return (int) warp.registers[members * Warp.LANES + lane];
  }
}
