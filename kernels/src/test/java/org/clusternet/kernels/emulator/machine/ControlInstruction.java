package org.clusternet.kernels.emulator.machine;

/** An instruction that decides which lanes go on, and where. */
public abstract class ControlInstruction extends Instruction {
  /** An instruction of a class. */
  protected ControlInstruction(InstructionClass kind) {
    super(kind, true);
  }

  /** Moves the warp on; {@code mask} holds the lanes whose guard is true, perhaps none. */
  public abstract void transfer(Warp warp, int mask);

  @Override
  public void execute(Warp warp, int mask) {
    transfer(warp, mask);
  }
}
