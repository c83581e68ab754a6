package org.clusternet.kernels.emulator.machine;

/** Kinds of instruction that a profile tells apart. */
public enum InstructionClass {
  INTEGER(0),
  F32(1),
  F64(2),
  SPECIAL(3),
  CONVERT(4),
  MOVE(5),
  MEMORY(6),
  CONTROL(7),
  WARP(8);

  private final int slot;

  InstructionClass(int slot) {
    this.slot = slot;
  }

  /** Where it is counted in arrays of all classes. */
  public int slot() {
    return slot;
  }
}
