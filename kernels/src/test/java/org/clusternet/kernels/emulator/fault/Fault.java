package org.clusternet.kernels.emulator.fault;

/**
 * A fault of the emulated program. Whoever finds it knows what is wrong and perhaps which lane; the
 * machine that runs the warp adds block, thread and instruction.
 */
public final class Fault extends RuntimeException {
  private static final int NO_LANE = -1;

  private final int lane;

  /** A fault of all active lanes alike. */
  public Fault(String message) {
    this(NO_LANE, message);
  }

  /** A fault of one lane of the running warp. */
  public Fault(int lane, String message) {
    super(message);
    this.lane = lane;
  }

  /** The lane at fault; the first of {@code mask} where all of them are. */
  public int laneOf(int mask) {
    return lane != NO_LANE ? lane : Integer.numberOfTrailingZeros(mask) & 31;
  }
}
