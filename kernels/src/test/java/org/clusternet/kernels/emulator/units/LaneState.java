package org.clusternet.kernels.emulator.units;

import org.clusternet.kernels.emulator.machine.Instruction;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.clusternet.kernels.emulator.machine.Warp;

/** {@code activemask}, and the clocks, which count the warp's instructions. */
public final class LaneState extends Instruction {
  private final boolean clock;
  private final int d;

  /** Reads the clock, or the lanes that run together. */
  public LaneState(boolean clock, int d) {
    super(InstructionClass.WARP);
    this.clock = clock;
    this.d = d * Warp.LANES;
  }

  @Override
  public void execute(Warp warp, int mask) {
    long value = clock ? warp.executed() : mask;
    for (int m = mask; m != 0; m &= m - 1) {
      warp.registers[d + Integer.numberOfTrailingZeros(m)] = value;
    }
  }
}
