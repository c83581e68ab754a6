package org.clusternet.kernels.emulator.units;

import org.clusternet.kernels.emulator.machine.Warp;
import org.clusternet.kernels.emulator.machine.WarpInstruction;

/** {@code vote.sync}. */
public final class Vote extends WarpInstruction {
  /** What is asked. */
  public enum Mode {
    ALL,
    ANY,
    UNI,
    BALLOT
  }

  private final Mode mode;
  private final int d;
  private final PredicateUse p;

  /** The destination is a predicate, or a register of a ballot. */
  public Vote(Mode mode, int d, PredicateUse p, int members) {
    super(members);
    this.mode = mode;
    this.d = d;
    this.p = p;
  }

  @Override
  protected void perform(Warp warp, int lanes, int named) {
    int votes = p.value(warp) & lanes;
    switch (mode) {
      case ALL -> warp.setPredicate(d, lanes, votes == lanes ? lanes : 0);
      case ANY -> warp.setPredicate(d, lanes, votes != 0 ? lanes : 0);
      case UNI -> warp.setPredicate(d, lanes, votes == 0 || votes == lanes ? lanes : 0);
      case BALLOT -> {
        for (int m = lanes; m != 0; m &= m - 1) {
          warp.registers[d * Warp.LANES + Integer.numberOfTrailingZeros(m)] = votes;
        }
      }
    }
  }
}
