package org.clusternet.kernels.emulator.units;

import org.clusternet.kernels.emulator.machine.Instruction;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.clusternet.kernels.emulator.machine.Warp;
import org.clusternet.kernels.emulator.memory.Storage;
import org.clusternet.kernels.emulator.syntax.Type;

/** {@code ld} of one element or a vector, from any space. */
public final class Load extends Instruction {
  /** What else the program says of the memory. */
  public enum Kind {
    PLAIN,
    /** {@code .nc}: nothing writes it while the kernel runs. */
    READ_ONLY,
    /** {@code .relaxed} or stronger. */
    STRONG
  }

  private final Access access;
  private final Type type;
  private final int[] destinations;

  /** With register indices, negative for an element that is not wanted. */
  public Load(Space space, Kind kind, Type type, int[] destinations, MemoryAddress address) {
    super(InstructionClass.MEMORY);
    int bytes = type.bytes() * destinations.length;
    this.access =
        new Access(
            space,
            kind == Kind.READ_ONLY ? Access.Mode.READ_ONLY : Access.Mode.READ,
            kind == Kind.STRONG,
            bytes,
            address);
    this.type = type;
    this.destinations = destinations.clone();
  }

  @Override
  public void execute(Warp warp, int mask) {
    access.resolve(warp, mask);
    int bytes = type.bytes();
    int unused = type.signed() ? 64 - 8 * bytes : 0;
    for (int i = 0; i < destinations.length; i++) {
      int d = destinations[i] * Warp.LANES;
      if (d >= 0) {
        for (int m = mask; m != 0; m &= m - 1) {
          int lane = Integer.numberOfTrailingZeros(m);
          Storage storage = warp.storages[lane];
          long value = storage.load(warp.offsets[lane] + i * bytes, bytes);
          warp.registers[d + lane] = value << unused >> unused;
        }
      }
    }
  }
}
