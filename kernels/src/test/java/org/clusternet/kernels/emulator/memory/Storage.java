package org.clusternet.kernels.emulator.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes with a bit each that tells whether they were ever written. Offsets are checked by the
 * callers, who know what to name in the error.
 */
public final class Storage {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] data;
  private final long[] written;

  /** Storage of so many bytes, none of them written. */
  public Storage(int bytes) {
    this.data = new byte[bytes];
    this.written = new long[(bytes + 63) >>> 6];
  }

  /** Number of bytes. */
  public int size() {
    return data.length;
  }

  /** The bytes themselves. */
  public byte[] data() {
    return data;
  }

  /** Reads 1, 2, 4 or 8 bytes, zero-extended. */
  public long load(int offset, int bytes) {
    return switch (bytes) {
      case 1 -> data[offset] & 0xffL;
      case 2 -> (short) SHORT.get(data, offset) & 0xffffL;
      case 4 -> (int) INT.get(data, offset) & 0xffffffffL;
      default -> (long) LONG.get(data, offset);
    };
  }

  /** Writes the lowest 1, 2, 4 or 8 bytes of a value. */
  public void store(int offset, int bytes, long value) {
    switch (bytes) {
      case 1 -> data[offset] = (byte) value;
      case 2 -> SHORT.set(data, offset, (short) value);
      case 4 -> INT.set(data, offset, (int) value);
      default -> LONG.set(data, offset, value);
    }
  }

  /** Whether all of an aligned access of at most 16 bytes was written before. */
  public boolean isWritten(int offset, int bytes) {
    long mask = bits(offset, bytes);
    return (written[offset >>> 6] & mask) == mask;
  }

  /** Marks an aligned access of at most 16 bytes as written. */
  public void markWritten(int offset, int bytes) {
    written[offset >>> 6] |= bits(offset, bytes);
  }

  private static long bits(int offset, int bytes) {
    return ((1L << bytes) - 1) << (offset & 63);
  }

  /** Marks a range of any length as written, or as not written. */
  public void mark(int offset, int bytes, boolean value) {
    int at = offset;
    int end = offset + bytes;
    while (at < end) {
      int count = Math.min(64 - (at & 63), end - at);
      long mask = (count == 64 ? -1L : (1L << count) - 1) << (at & 63);
      if (value) {
        written[at >>> 6] |= mask;
      } else {
        written[at >>> 6] &= ~mask;
      }
      at += count;
    }
  }

  /** Forgets that anything was written. */
  public void markAllUnwritten() {
    Arrays.fill(written, 0);
  }

  /** The first byte of a range that was never written, or -1. */
  public int firstUnwritten(int offset, int bytes) {
    int at = offset;
    int end = offset + bytes;
    while (at < end) {
      if (at % 64 == 0 && end - at >= 64 && written[at >>> 6] == -1L) {
        at += 64;
      } else if ((written[at >>> 6] >>> at & 1) == 0) {
        return at;
      } else {
        at++;
      }
    }
    return -1;
  }

  /** Copies bytes and their written bits. */
  public void copyFrom(Storage source, int from, int to, int bytes) {
    if (source.firstUnwritten(from, bytes) < 0) {
      System.arraycopy(source.data, from, data, to, bytes);
      mark(to, bytes, true);
      return;
    }
    boolean[] bits = new boolean[bytes];
    for (int i = 0; i < bytes; i++) {
      bits[i] = (source.written[(from + i) >>> 6] >>> (from + i) & 1) != 0;
    }
    System.arraycopy(source.data, from, data, to, bytes);
    int start = 0;
    while (start < bytes) {
      int end = start;
      while (end < bytes && bits[end] == bits[start]) {
        end++;
      }
      mark(to + start, end - start, bits[start]);
      start = end;
    }
  }
}
