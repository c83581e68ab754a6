package org.clusternet.kernels.emulator.machine;

/** {@code bar.sync}, and {@code bar.red} with what it gives to all threads. */
public final class BlockBarrier extends ControlInstruction {
  /** What a reduction over the block's predicates gives. */
  public enum Reduction {
    NONE,
    AND,
    OR,
    COUNT
  }

  private final Reduction reduction;
  private final int destination;
  private final int source;
  private final boolean negated;

  /** A plain barrier. */
  public BlockBarrier() {
    this(Reduction.NONE, 0, 0, false);
  }

  /** A barrier with a reduction of a predicate to a predicate, or to a register if it counts. */
  public BlockBarrier(Reduction reduction, int destination, int source, boolean negated) {
    super(InstructionClass.CONTROL);
    this.reduction = reduction;
    this.destination = destination;
    this.source = source;
    this.negated = negated;
  }

  @Override
  public void transfer(Warp warp, int mask) {
    int skipped = warp.active & ~mask;
    int here = warp.pc;
    warp.active = 0;
    if (mask != 0) {
      warp.park(here, mask, Fragments.BARRIER);
    }
    warp.resume(here + 1, skipped);
  }

  /** Threads of a warp whose predicate is true. */
  int votes(Warp warp, int mask) {
    if (reduction == Reduction.NONE) {
      return 0;
    }
    int value = warp.predicates[source];
    return Integer.bitCount(mask & (negated ? ~value : value));
  }

  /** Gives the result to lanes. */
  void conclude(Warp warp, int mask, int votes, int threads) {
    switch (reduction) {
      case AND -> warp.setPredicate(destination, mask, votes == threads ? mask : 0);
      case OR -> warp.setPredicate(destination, mask, votes > 0 ? mask : 0);
      case COUNT -> {
        for (int m = mask; m != 0; m &= m - 1) {
          int lane = Integer.numberOfTrailingZeros(m);
          warp.registers[destination * Warp.LANES + lane] = votes;
        }
      }
      case NONE -> {}
    }
  }
}
