package org.clusternet.kernels.emulator.units;

import org.clusternet.kernels.emulator.fault.Fault;
import org.clusternet.kernels.emulator.machine.Instruction;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.clusternet.kernels.emulator.machine.Warp;

/** {@code trap}, and the call that a failed {@code assert} makes. */
public final class Trap extends Instruction {
  private final String message;

  /** With what it says. */
  public Trap(String message) {
    super(InstructionClass.CONTROL);
    this.message = message;
  }

  @Override
  public void execute(Warp warp, int mask) {
    throw new Fault(Integer.numberOfTrailingZeros(mask), message);
  }
}
