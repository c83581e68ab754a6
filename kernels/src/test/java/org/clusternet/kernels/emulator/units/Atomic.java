package org.clusternet.kernels.emulator.units;

import org.clusternet.kernels.emulator.machine.Instruction;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.clusternet.kernels.emulator.machine.Warp;
import org.clusternet.kernels.emulator.memory.Storage;
import org.clusternet.kernels.emulator.numeric.Functions;
import org.clusternet.kernels.emulator.numeric.Integers;
import org.clusternet.kernels.emulator.syntax.Type;

/** {@code atom} and {@code red}: lanes one after the other, lowest first. */
public final class Atomic extends Instruction {
  private final Access access;
  private final boolean global;
  private final boolean ordered;
  private final Functions.Ternary function;
  private final Type type;
  private final int d;
  private final int b;
  private final int c;

  /**
   * An atomic.
   *
   * @param space state space
   * @param ordered whether it acquires or releases by itself
   * @param function new value of the old one and the operands
   * @param type of the value
   * @param d destination register, negative for none
   * @param b first operand
   * @param c second operand, any register where there is none
   * @param address where
   */
  public Atomic(
      Space space,
      boolean ordered,
      Functions.Ternary function,
      Type type,
      int d,
      int b,
      int c,
      MemoryAddress address) {
    super(InstructionClass.MEMORY);
    this.access = new Access(space, Access.Mode.ATOMIC, true, type.bytes(), address);
    this.global = space != Space.SHARED;
    this.ordered = ordered;
    this.function = function;
    this.type = type;
    this.d = d * Warp.LANES;
    this.b = b * Warp.LANES;
    this.c = c * Warp.LANES;
  }

  @Override
  public void execute(Warp warp, int mask) {
    access.resolve(warp, mask);
    if (global) {
      for (int m = mask; m != 0; m &= m - 1) {
        int lane = Integer.numberOfTrailingZeros(m);
        if (ordered) {
          warp.order().fence(1 << lane);
        }
        warp.order().atomic(warp.addresses[lane], lane);
      }
    }
    for (int m = mask; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      Storage storage = warp.storages[lane];
      int where = warp.offsets[lane];
      long old = storage.load(where, type.bytes());
      long[] r = warp.registers;
      storage.store(where, type.bytes(), function.apply(old, r[b + lane], r[c + lane]));
      if (d >= 0) {
        r[d + lane] = Integers.extend(old, type);
      }
    }
  }
}
