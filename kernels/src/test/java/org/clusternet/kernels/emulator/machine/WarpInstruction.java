package org.clusternet.kernels.emulator.machine;

import org.clusternet.kernels.emulator.fault.Fault;

/**
 * An instruction that lanes named by a member mask execute together ({@code shfl.sync}, {@code
 * vote.sync}, ...): those that come first wait for the rest.
 */
public abstract class WarpInstruction extends ControlInstruction {
  private final int members;

  /** With the register that holds the member mask. */
  protected WarpInstruction(int members) {
    super(InstructionClass.WARP);
    this.members = members;
  }

  @Override
  public final void transfer(Warp warp, int mask) {
    int skipped = warp.active & ~mask;
    int here = warp.pc;
    int rest = mask | warp.takeWaiting(here);
    int done = 0;
    warp.active = 0;
    while (rest != 0) {
      int group = sameMembers(warp, rest);
      int named = member(warp, Integer.numberOfTrailingZeros(group));
      if ((group & ~named) != 0) {
        int lane = Integer.numberOfTrailingZeros(group & ~named);
        throw new Fault(
            lane, "the lane is not in the member mask 0x%x that it names".formatted(named));
      }
      if (group == (named & warp.alive())) {
        perform(warp, group, named);
        done |= group;
      } else {
        warp.park(here, group, Fragments.WAITING);
      }
      rest &= ~group;
    }
    warp.resume(here + 1, done | skipped);
  }

  private int sameMembers(Warp warp, int lanes) {
    int named = member(warp, Integer.numberOfTrailingZeros(lanes));
    int same = 0;
    for (int m = lanes; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      if (member(warp, lane) == named) {
        same |= 1 << lane;
      }
    }
    return same;
  }

  final int member(Warp warp, int lane) {
    return (int) warp.registers[members * Warp.LANES + lane];
  }

  /** Whether lanes waiting here have all that they wait for, now that others have exited. */
  boolean complete(Warp warp, int lanes) {
    int group = sameMembers(warp, lanes);
    return group == (member(warp, Integer.numberOfTrailingZeros(group)) & warp.alive());
  }

  /** Executes it for lanes that are all there. */
  protected abstract void perform(Warp warp, int lanes, int named);
}
