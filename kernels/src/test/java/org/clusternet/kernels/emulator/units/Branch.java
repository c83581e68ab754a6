package org.clusternet.kernels.emulator.units;

import org.clusternet.kernels.emulator.machine.ControlInstruction;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.clusternet.kernels.emulator.machine.Warp;

/** {@code bra}, {@code brx.idx} and {@code exit}. */
public final class Branch extends ControlInstruction {
  /** What it does. */
  public enum Action {
    JUMP,
    TABLE,
    EXIT
  }

  private final Action action;
  private final boolean conditional;
  private final int index;
  private int[] targets = {};

  /** A branch; index is the register of a table's index. */
  public Branch(Action action, boolean conditional, int index) {
    super(InstructionClass.CONTROL);
    this.action = action;
    this.conditional = conditional;
    this.index = index;
  }

  /** Sets where it goes, once all instructions have their places. */
  public void targets(int... places) {
    targets = places;
  }

  @Override
  public void transfer(Warp warp, int mask) {
    switch (action) {
      case JUMP -> {
        if (conditional) {
          warp.counters().conditionalBranches++;
        }
        warp.branch(mask, targets[0]);
      }
      case TABLE -> warp.scatter(mask, targets, index);
      case EXIT -> warp.exit(mask);
    }
  }
}
