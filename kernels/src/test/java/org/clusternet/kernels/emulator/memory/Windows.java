package org.clusternet.kernels.emulator.memory;

/** Where the other memories appear among generic addresses. */
public final class Windows {
  /** Generic address of byte 0 of parameters. */
  public static final long PARAMETERS = 0x7d00_0000_0000L;

  /** Generic address of byte 0 of shared memory. */
  public static final long SHARED = 0x7e00_0000_0000L;

  /** Generic address of byte 0 of local memory. */
  public static final long LOCAL = 0x7f00_0000_0000L;

  private static final long SIZE = 1L << 32;

  private Windows() {}

  /** Whether a generic address lies in a window. */
  public static boolean in(long window, long address) {
    return address >= window && address < window + SIZE;
  }
}
