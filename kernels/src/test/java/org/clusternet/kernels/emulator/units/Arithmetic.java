package org.clusternet.kernels.emulator.units;

import org.clusternet.kernels.emulator.machine.Instruction;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.clusternet.kernels.emulator.machine.Warp;
import org.clusternet.kernels.emulator.numeric.Functions;
import org.clusternet.kernels.emulator.numeric.IntegerTable;
import org.clusternet.kernels.emulator.syntax.Type;

/** Instructions that compute one register from others, lane by lane. */
public final class Arithmetic {
  private Arithmetic() {}

  /** {@code d = f(a)}. */
  public static final class Unary extends Instruction {
    private final Functions.Unary function;
    private final int d;
    private final int a;

    /** With register indices. */
    public Unary(InstructionClass kind, Functions.Unary function, int d, int a) {
      super(kind);
      this.function = function;
      this.d = d * Warp.LANES;
      this.a = a * Warp.LANES;
    }

    @Override
    public void execute(Warp warp, int mask) {
      long[] r = warp.registers;
      if (mask == -1) {
        for (int lane = 0; lane < Warp.LANES; lane++) {
          r[d + lane] = function.apply(r[a + lane]);
        }
        return;
      }
      for (int m = mask; m != 0; m &= m - 1) {
        int lane = Integer.numberOfTrailingZeros(m);
        r[d + lane] = function.apply(r[a + lane]);
      }
    }
  }

  /** {@code d = f(a, b)}. */
  public static final class Binary extends Instruction {
    private final Functions.Binary function;
    private final int d;
    private final int a;
    private final int b;

    /** With register indices. */
    public Binary(InstructionClass kind, Functions.Binary function, int d, int a, int b) {
      super(kind);
      this.function = function;
      this.d = d * Warp.LANES;
      this.a = a * Warp.LANES;
      this.b = b * Warp.LANES;
    }

    @Override
    public void execute(Warp warp, int mask) {
      long[] r = warp.registers;
      if (mask == -1) {
        for (int lane = 0; lane < Warp.LANES; lane++) {
          r[d + lane] = function.apply(r[a + lane], r[b + lane]);
        }
        return;
      }
      for (int m = mask; m != 0; m &= m - 1) {
        int lane = Integer.numberOfTrailingZeros(m);
        r[d + lane] = function.apply(r[a + lane], r[b + lane]);
      }
    }
  }

  /** {@code d = f(a, b, c)}. */
  public static final class Ternary extends Instruction {
    private final Functions.Ternary function;
    private final int d;
    private final int a;
    private final int b;
    private final int c;

    /** With register indices. */
    public Ternary(InstructionClass kind, Functions.Ternary function, int d, int a, int b, int c) {
      super(kind);
      this.function = function;
      this.d = d * Warp.LANES;
      this.a = a * Warp.LANES;
      this.b = b * Warp.LANES;
      this.c = c * Warp.LANES;
    }

    @Override
    public void execute(Warp warp, int mask) {
      long[] r = warp.registers;
      if (mask == -1) {
        for (int lane = 0; lane < Warp.LANES; lane++) {
          r[d + lane] = function.apply(r[a + lane], r[b + lane], r[c + lane]);
        }
        return;
      }
      for (int m = mask; m != 0; m &= m - 1) {
        int lane = Integer.numberOfTrailingZeros(m);
        r[d + lane] = function.apply(r[a + lane], r[b + lane], r[c + lane]);
      }
    }
  }

  /** {@code d = f(a, b, c, e)} of {@code bfi}. */
  public static final class Insert extends Instruction {
    private final Type type;
    private final int[] registers;

    /** With the indices of destination, field, base, position and length. */
    public Insert(Type type, int... registers) {
      super(InstructionClass.INTEGER);
      this.type = type;
      this.registers = registers;
    }

    @Override
    public void execute(Warp warp, int mask) {
      long[] r = warp.registers;
      for (int m = mask; m != 0; m &= m - 1) {
        int lane = Integer.numberOfTrailingZeros(m);
        r[registers[0] * Warp.LANES + lane] =
            IntegerTable.insert(
                r[registers[1] * Warp.LANES + lane],
                r[registers[2] * Warp.LANES + lane],
                r[registers[3] * Warp.LANES + lane],
                r[registers[4] * Warp.LANES + lane],
                type);
      }
    }
  }
}
