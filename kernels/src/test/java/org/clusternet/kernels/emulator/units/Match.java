package org.clusternet.kernels.emulator.units;

import org.clusternet.kernels.emulator.machine.Warp;
import org.clusternet.kernels.emulator.machine.WarpInstruction;
import org.clusternet.kernels.emulator.numeric.Integers;
import org.clusternet.kernels.emulator.syntax.Type;

/** {@code match.sync}: which lanes hold the same value. */
public final class Match extends WarpInstruction {
  private final boolean all;
  private final Type type;
  private final int d;
  private final int p;
  private final int a;

  /** With register indices; p is negative where the predicate is not wanted. */
  public Match(boolean all, Type type, int d, int p, int a, int members) {
    super(members);
    this.all = all;
    this.type = type;
    this.d = d * Warp.LANES;
    this.p = p;
    this.a = a * Warp.LANES;
  }

  @Override
  protected void perform(Warp warp, int lanes, int named) {
    long[] r = warp.registers;
    int[] results = new int[Warp.LANES];
    for (int m = lanes; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      results[lane] = same(r, lanes, Integers.extend(r[a + lane], type));
    }
    boolean agree = results[Integer.numberOfTrailingZeros(lanes)] == lanes;
    for (int m = lanes; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      r[d + lane] = all && !agree ? 0 : results[lane];
    }
    if (p >= 0) {
      warp.setPredicate(p, lanes, agree ? lanes : 0);
    }
  }

  private int same(long[] r, int lanes, long value) {
    int same = 0;
    for (int m = lanes; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      if (Integers.extend(r[a + lane], type) == value) {
        same |= 1 << lane;
      }
    }
    return same;
  }
}
