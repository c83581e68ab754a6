package org.clusternet.kernels.emulator.units;

import org.clusternet.kernels.emulator.machine.Instruction;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.clusternet.kernels.emulator.machine.Warp;

/** {@code mov} that packs small registers into a large one, or unpacks it. */
public final class Vectors {
  private Vectors() {}

  /** {@code mov.b64 d, {a, b}}. */
  public static final class Pack extends Instruction {
    private final int d;
    private final int[] parts;
    private final int bits;

    /** With register indices and the width of a part. */
    public Pack(int d, int[] parts, int bits) {
      super(InstructionClass.MOVE);
      this.d = d * Warp.LANES;
      this.parts = parts.clone();
      this.bits = bits;
    }

    @Override
    public void execute(Warp warp, int mask) {
      long low = (1L << bits) - 1;
      for (int m = mask; m != 0; m &= m - 1) {
        int lane = Integer.numberOfTrailingZeros(m);
        long value = 0;
        for (int i = 0; i < parts.length; i++) {
          value |= (warp.registers[parts[i] * Warp.LANES + lane] & low) << (i * bits);
        }
        warp.registers[d + lane] = value;
      }
    }
  }

  /** {@code mov.b64 {a, b}, d}. */
  public static final class Unpack extends Instruction {
    private final int[] parts;
    private final int a;
    private final int bits;

    /** With register indices, negative for a part that is not wanted, and the width of a part. */
    public Unpack(int[] parts, int a, int bits) {
      super(InstructionClass.MOVE);
      this.parts = parts.clone();
      this.a = a * Warp.LANES;
      this.bits = bits;
    }

    @Override
    public void execute(Warp warp, int mask) {
      for (int m = mask; m != 0; m &= m - 1) {
        int lane = Integer.numberOfTrailingZeros(m);
        long value = warp.registers[a + lane];
        for (int i = 0; i < parts.length; i++) {
          if (parts[i] >= 0) {
            warp.registers[parts[i] * Warp.LANES + lane] = value >>> (i * bits);
          }
        }
      }
    }
  }
}
