package org.clusternet.kernels.emulator.units;

import org.clusternet.kernels.emulator.machine.Instruction;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.clusternet.kernels.emulator.machine.Warp;

/** {@code membar} and {@code fence}; only those of device scope matter to other blocks. */
public final class Fence extends Instruction {
  private final boolean device;

  /** A fence of device scope or wider, or of the block. */
  public Fence(boolean device) {
    super(InstructionClass.MEMORY);
    this.device = device;
  }

  @Override
  public void execute(Warp warp, int mask) {
    if (device) {
      warp.order().fence(mask);
    }
  }
}
