package org.clusternet.kernels.emulator.machine;

import java.util.Arrays;

/** How the memories serve the addresses of one request. */
public final class Traffic {
  private static final int SECTOR_BITS = 5;
  private static final int BANKS = 32;

  private Traffic() {}

  /** Number of 32-byte sectors that the lanes' accesses touch. */
  public static int sectors(long[] addresses, int mask) {
    int count = 0;
    long highest = Long.MIN_VALUE;
    for (int m = mask; m != 0; m &= m - 1) {
      long sector = addresses[Integer.numberOfTrailingZeros(m)] >> SECTOR_BITS;
      if (sector < highest) {
        return unsortedSectors(addresses, mask);
      }
      count += sector > highest ? 1 : 0;
      highest = sector;
    }
    return count;
  }

  /** An aligned access of at most 16 bytes lies in one sector. */
  private static int unsortedSectors(long[] addresses, int mask) {
    long[] sectors = new long[Integer.bitCount(mask)];
    int lanes = 0;
    for (int m = mask; m != 0; m &= m - 1) {
      sectors[lanes++] = addresses[Integer.numberOfTrailingZeros(m)] >> SECTOR_BITS;
    }
    Arrays.sort(sectors);
    int count = 1;
    for (int i = 1; i < lanes; i++) {
      count += sectors[i] != sectors[i - 1] ? 1 : 0;
    }
    return count;
  }

  /**
   * Passes beyond the first that a request to shared memory takes: lanes that want different words
   * of one bank are served one after the other. Accesses of 8 bytes are served by half warps, of 16
   * bytes by quarters.
   */
  public static int bankConflicts(long[] addresses, int mask, int bytes) {
    int lanes = bytes <= 4 ? 32 : 128 / bytes;
    int conflicts = 0;
    for (int first = 0; first < Warp.LANES; first += lanes) {
      int part = lanes == 32 ? mask : mask & ((1 << lanes) - 1) << first;
      if (part != 0) {
        conflicts += passes(addresses, part, Math.max(1, bytes / 4)) - 1;
      }
    }
    return conflicts;
  }

  private static int passes(long[] addresses, int mask, int words) {
    long[] word = new long[BANKS];
    int used = 0;
    for (int m = mask; m != 0; m &= m - 1) {
      long first = addresses[Integer.numberOfTrailingZeros(m)] >> 2;
      for (int i = 0; i < words; i++) {
        int bank = (int) (first + i) & (BANKS - 1);
        if ((used >>> bank & 1) == 0) {
          used |= 1 << bank;
          word[bank] = first + i;
        } else if (word[bank] != first + i) {
          return countedPasses(addresses, mask, words);
        }
      }
    }
    return 1;
  }

  private static int countedPasses(long[] addresses, int mask, int words) {
    long[][] distinct = new long[BANKS][BANKS];
    int[] count = new int[BANKS];
    int most = 1;
    for (int m = mask; m != 0; m &= m - 1) {
      long first = addresses[Integer.numberOfTrailingZeros(m)] >> 2;
      for (int i = 0; i < words; i++) {
        int bank = (int) (first + i) & (BANKS - 1);
        int at = 0;
        while (at < count[bank] && distinct[bank][at] != first + i) {
          at++;
        }
        if (at == count[bank]) {
          distinct[bank][count[bank]++] = first + i;
          most = Math.max(most, count[bank]);
        }
      }
    }
    return most;
  }
}
