package org.clusternet.kernels.emulator.races;

/** Counts the epochs of a device; none is used twice. */
public final class Clock {
  private static final long LIMIT = 1L << 31;

  private long epoch;

  long next() {
    if (++epoch == LIMIT) {
      throw new IllegalStateException("one emulator cannot run more than 2^31 barriers");
    }
    return epoch;
  }
}
