package org.clusternet.kernels.emulator.units;

import org.clusternet.kernels.emulator.machine.Instruction;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.clusternet.kernels.emulator.machine.Warp;

/**
 * Extended precision: {@code add.cc}, {@code addc}, {@code sub.cc}, {@code subc}, {@code mad.cc}.
 */
public final class Carry extends Instruction {
  /** What is added to what. */
  public enum Operation {
    ADD,
    SUBTRACT,
    MULTIPLY_LOW,
    MULTIPLY_HIGH
  }

  private final Operation operation;
  private final boolean wide;
  private final boolean signed;
  private final boolean in;
  private final boolean out;
  private final int flag;
  private final int[] registers;

  /**
   * An instruction on 32 or 64 bits.
   *
   * @param operation what it does
   * @param wide whether on 64 bits
   * @param signed whether the factors of the high product are
   * @param in whether it takes the carry
   * @param out whether it gives one
   * @param flag predicate that holds the carry
   * @param registers destination and sources
   */
  public Carry(
      Operation operation,
      boolean wide,
      boolean signed,
      boolean in,
      boolean out,
      int flag,
      int... registers) {
    super(InstructionClass.INTEGER);
    this.operation = operation;
    this.wide = wide;
    this.signed = signed;
    this.in = in;
    this.out = out;
    this.flag = flag;
    this.registers = registers;
  }

  @Override
  public void execute(Warp warp, int mask) {
    int carries = 0;
    for (int m = mask; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      long carry = in ? warp.predicates[flag] >>> lane & 1 : 0;
      long a = operand(warp, 1, lane);
      long b = operand(warp, 2, lane);
      if (operation == Operation.MULTIPLY_LOW || operation == Operation.MULTIPLY_HIGH) {
        a = product(a, b);
        b = operand(warp, 3, lane);
      } else if (operation == Operation.SUBTRACT) {
        boolean borrow = Long.compareUnsigned(a, b) < 0 || (a == b && carry != 0);
        warp.registers[registers[0] * Warp.LANES + lane] = a - b - carry;
        carries |= borrow ? 1 << lane : 0;
        continue;
      }
      long sum = a + b + carry;
      warp.registers[registers[0] * Warp.LANES + lane] = sum;
      carries |= overflows(a, b, carry, sum) ? 1 << lane : 0;
    }
    if (out) {
      warp.setPredicate(flag, mask, carries);
    }
  }

  private long operand(Warp warp, int i, int lane) {
    long value = warp.registers[registers[i] * Warp.LANES + lane];
    return wide ? value : value & 0xffffffffL;
  }

  private long product(long a, long b) {
    if (wide) {
      if (operation == Operation.MULTIPLY_LOW) {
        return a * b;
      }
      return signed ? Math.multiplyHigh(a, b) : Math.unsignedMultiplyHigh(a, b);
    }
    long product = signed ? (long) (int) a * (int) b : a * b;
    return (operation == Operation.MULTIPLY_LOW ? product : product >>> 32) & 0xffffffffL;
  }

  private boolean overflows(long a, long b, long carry, long sum) {
    if (!wide) {
      return sum >>> 32 != 0;
    }
    long first = a + b;
    return Long.compareUnsigned(first, a) < 0 || (carry != 0 && sum == 0);
  }
}
