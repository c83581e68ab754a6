package org.clusternet.kernels.emulator.units;

import org.clusternet.kernels.emulator.machine.Instruction;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.clusternet.kernels.emulator.machine.Warp;
import org.clusternet.kernels.emulator.syntax.Type;

/** {@code st} of one element or a vector, to any space. */
public final class Store extends Instruction {
  private final Access access;
  private final Type type;
  private final int[] sources;

  /** With register indices. */
  public Store(Space space, boolean strong, Type type, int[] sources, MemoryAddress address) {
    super(InstructionClass.MEMORY);
    int bytes = type.bytes() * sources.length;
    this.access = new Access(space, Access.Mode.WRITE, strong, bytes, address);
    this.type = type;
    this.sources = sources.clone();
  }

  @Override
  public void execute(Warp warp, int mask) {
    access.resolve(warp, mask);
    int bytes = type.bytes();
    for (int i = 0; i < sources.length; i++) {
      int a = sources[i] * Warp.LANES;
      for (int m = mask; m != 0; m &= m - 1) {
        int lane = Integer.numberOfTrailingZeros(m);
        warp.storages[lane].store(warp.offsets[lane] + i * bytes, bytes, warp.registers[a + lane]);
      }
    }
  }
}
