package org.clusternet.kernels.emulator.units;

import org.clusternet.kernels.emulator.fault.Fault;
import org.clusternet.kernels.emulator.machine.Warp;
import org.clusternet.kernels.emulator.machine.WarpInstruction;

/** {@code shfl.sync}; reading a lane that takes no part is a fault. */
public final class Shuffle extends WarpInstruction {
  /** How a lane chooses the one that it reads. */
  public enum Mode {
    UP,
    DOWN,
    BFLY,
    IDX
  }

  private final Mode mode;
  private final int d;
  private final int p;
  private final int a;
  private final int b;
  private final int c;

  /** With register indices; p is negative where the predicate is not wanted. */
  public Shuffle(Mode mode, int d, int p, int a, int b, int c, int members) {
    super(members);
    this.mode = mode;
    this.d = d * Warp.LANES;
    this.p = p;
    this.a = a * Warp.LANES;
    this.b = b * Warp.LANES;
    this.c = c * Warp.LANES;
  }

  @Override
  protected void perform(Warp warp, int lanes, int named) {
    long[] r = warp.registers;
    long[] values = warp.addresses;
    System.arraycopy(r, a, values, 0, Warp.LANES);
    int valid = 0;
    for (int m = lanes; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      int control = (int) r[c + lane];
      int clamp = control & 31;
      int segment = control >> 8 & 31;
      int from = source(lane, (int) r[b + lane] & 31, segment);
      int last = (lane & segment) | (clamp & ~segment);
      boolean inside = mode == Mode.UP ? from >= last : from <= last;
      if (!inside) {
        from = lane;
      } else {
        valid |= 1 << lane;
      }
      if ((lanes >>> from & 1) == 0) {
        throw new Fault(
            lane,
            "shuffle from lane %d, which takes no part; lanes that do are 0x%x"
                .formatted(from, lanes));
      }
      r[d + lane] = values[from];
    }
    if (p >= 0) {
      warp.setPredicate(p, lanes, valid);
    }
  }

  private int source(int lane, int by, int segment) {
    return switch (mode) {
      case UP -> lane - by;
      case DOWN -> lane + by;
      case BFLY -> lane ^ by;
      default -> (lane & segment) | (by & ~segment);
    };
  }
}
