package org.clusternet.kernels.emulator.units;

import java.util.Optional;
import org.clusternet.kernels.emulator.machine.Instruction;
import org.clusternet.kernels.emulator.machine.InstructionClass;
import org.clusternet.kernels.emulator.machine.Warp;
import org.clusternet.kernels.emulator.numeric.Functions;

/** Instructions that set predicates or choose by them; a predicate of a warp is one int. */
public final class Predicates {
  private Predicates() {}

  /** How {@code setp.OP.and} and the like join a comparison with a predicate. */
  public enum Join {
    NONE,
    AND,
    OR,
    XOR;

    int apply(int a, int b) {
      return switch (this) {
        case AND -> a & b;
        case OR -> a | b;
        case XOR -> a ^ b;
        default -> a;
      };
    }
  }

  /** {@code setp p|q, a, b, c} and {@code testp}. */
  public static final class Compare extends Instruction {
    private final Functions.Comparison comparison;
    private final int p;
    private final int q;
    private final int a;
    private final int b;
    private final Join join;
    private final Optional<PredicateUse> with;

    /** With indices; q is negative where only one result is kept. */
    public Compare(
        InstructionClass kind,
        Functions.Comparison comparison,
        int p,
        int q,
        int a,
        int b,
        Join join,
        Optional<PredicateUse> with) {
      super(kind);
      this.comparison = comparison;
      this.p = p;
      this.q = q;
      this.a = a * Warp.LANES;
      this.b = b * Warp.LANES;
      this.join = join;
      this.with = with;
    }

    @Override
    public void execute(Warp warp, int mask) {
      int result = compare(comparison, warp.registers, a, b, mask);
      int other = with.isPresent() ? with.get().value(warp) : 0;
      if (p >= 0) {
        warp.setPredicate(p, mask, join.apply(result, other));
      }
      if (q >= 0) {
        warp.setPredicate(q, mask, join.apply(~result, other));
      }
    }
  }

  static int compare(Functions.Comparison comparison, long[] r, int a, int b, int mask) {
    int result = 0;
    for (int m = mask; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      if (comparison.test(r[a + lane], r[b + lane])) {
        result |= 1 << lane;
      }
    }
    return result;
  }

  /** {@code set d, a, b, c}: true is given as {@code truth}. */
  public static final class SetValue extends Instruction {
    private final Functions.Comparison comparison;
    private final long truth;
    private final int d;
    private final int a;
    private final int b;
    private final Join join;
    private final Optional<PredicateUse> with;

    /** With indices. */
    public SetValue(
        Functions.Comparison comparison,
        long truth,
        int d,
        int a,
        int b,
        Join join,
        Optional<PredicateUse> with) {
      super(InstructionClass.INTEGER);
      this.comparison = comparison;
      this.truth = truth;
      this.d = d * Warp.LANES;
      this.a = a * Warp.LANES;
      this.b = b * Warp.LANES;
      this.join = join;
      this.with = with;
    }

    @Override
    public void execute(Warp warp, int mask) {
      int result = compare(comparison, warp.registers, a, b, mask);
      result = join.apply(result, with.isPresent() ? with.get().value(warp) : 0);
      for (int m = mask; m != 0; m &= m - 1) {
        int lane = Integer.numberOfTrailingZeros(m);
        warp.registers[d + lane] = (result >>> lane & 1) != 0 ? truth : 0;
      }
    }
  }

  /** {@code selp d, a, b, p}. */
  public static final class Select extends Instruction {
    private final int d;
    private final int a;
    private final int b;
    private final PredicateUse p;

    /** With indices. */
    public Select(int d, int a, int b, PredicateUse p) {
      super(InstructionClass.MOVE);
      this.d = d * Warp.LANES;
      this.a = a * Warp.LANES;
      this.b = b * Warp.LANES;
      this.p = p;
    }

    @Override
    public void execute(Warp warp, int mask) {
      long[] r = warp.registers;
      int choice = p.value(warp);
      for (int m = mask; m != 0; m &= m - 1) {
        int lane = Integer.numberOfTrailingZeros(m);
        r[d + lane] = (choice >>> lane & 1) != 0 ? r[a + lane] : r[b + lane];
      }
    }
  }

  /** {@code and.pred}, {@code or.pred}, {@code xor.pred}, {@code not.pred}, {@code mov.pred}. */
  public static final class Logic extends Instruction {
    private final Join join;
    private final int d;
    private final PredicateUse a;
    private final PredicateUse b;

    /** With indices; b is a again where there is one source. */
    public Logic(Join join, int d, PredicateUse a, PredicateUse b) {
      super(InstructionClass.INTEGER);
      this.join = join;
      this.d = d;
      this.a = a;
      this.b = b;
    }

    @Override
    public void execute(Warp warp, int mask) {
      warp.setPredicate(d, mask, join.apply(a.value(warp), b.value(warp)));
    }
  }
}
