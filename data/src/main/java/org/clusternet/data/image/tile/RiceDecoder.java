package org.clusternet.data.image.tile;

import java.io.EOFException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Rice coding of differences between neighbours (FITS Standard 4.0, section 10.4.1; R. White's
 * algorithm as CFITSIO has it).
 *
 * <p>Own code, because nom-tam-fits 1.21 takes three times as long: this one reads eight bytes at a
 * time into a 64-bit word, of which the upper {@code have} bits count. The bits below them are
 * those that follow in the stream, so that adding them again changes nothing.
 */
final class RiceDecoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int SAFE = 48;

  private final byte[] bytes;
  private final int end;
  private int at;
  private long bits;
  private int have;

  private RiceDecoder(byte[] bytes, int start, int length) {
    this.bytes = bytes;
    this.at = start;
    this.end = start + length;
  }

  /**
   * Decodes a tile.
   *
   * @param bytes the coded bytes
   * @param start the tile's first byte
   * @param length the tile's number of bytes
   * @param block BLOCKSIZE, pixels per block
   * @param width BYTEPIX: 1 for unsigned bytes, 2 or 4 for signed integers
   * @param out receives the pixels
   * @param count number of pixels
   * @throws EOFException if the bytes end before the pixels
   */
  static void decode(
      byte[] bytes, int start, int length, int block, int width, int[] out, int count)
      throws EOFException {
    new RiceDecoder(bytes, start, length).decode(block, width, out, count);
  }

  private void decode(int block, int width, int[] out, int count) throws EOFException {
    int sizeBits = width == 1 ? 3 : width == 2 ? 4 : 5;
    int direct = width == 1 ? 6 : width == 2 ? 14 : 25;
    int unused = Integer.SIZE - Byte.SIZE * width;
    int pixel = (int) take(Byte.SIZE * width);
    for (int i = 0; i < count; ) {
      int split = (int) take(sizeBits) - 1;
      int stop = Math.min(i + block, count);
      if (split < 0) {
        for (; i < stop; i++) {
          out[i] = pixel;
        }
      } else if (split == direct) {
        for (; i < stop; i++) {
          pixel += unfold((int) take(Byte.SIZE * width));
          out[i] = pixel;
        }
      } else {
        pixel = block(split, out, i, stop, pixel);
        i = stop;
      }
    }
    for (int i = 0; width < Integer.BYTES && i < count; i++) {
      out[i] = width == 1 ? out[i] & 0xFF : out[i] << unused >> unused;
    }
  }

  /** Codes of a run of zeros, a one, and a fixed number of low bits. */
  private int block(int low, int[] out, int from, int stop, int before) throws EOFException {
    int pixel = before;
    for (int i = from; i < stop; i++) {
      if (have < SAFE) {
        refill();
      }
      int zeros = Long.numberOfLeadingZeros(bits);
      int used = zeros + 1 + low;
      int code;
      if (used <= have) {
        code = zeros << low | (int) (bits << zeros << 1 >>> 1 >>> (Long.SIZE - 1 - low));
        bits <<= used;
        have -= used;
      } else {
        code = longRun(low);
      }
      pixel += unfold(code);
      out[i] = pixel;
    }
    return pixel;
  }

  private int longRun(int low) throws EOFException {
    int zeros = 0;
    int run = Long.numberOfLeadingZeros(bits);
    while (run >= have) {
      zeros += have;
      have = 0;
      bits = 0;
      refill();
      if (have == 0) {
        throw new EOFException();
      }
      run = Long.numberOfLeadingZeros(bits);
    }
    take(run + 1);
    return (zeros + run) << low | (int) take(low);
  }

  private static int unfold(int code) {
    return code >>> 1 ^ -(code & 1);
  }

  private long take(int count) throws EOFException {
    if (have < count) {
      refill();
      if (have < count) {
        throw new EOFException();
      }
    }
    long value = bits >>> 1 >>> (Long.SIZE - 1 - count);
    bits <<= count;
    have -= count;
    return value;
  }

  private void refill() {
    if (at + Long.BYTES <= end) {
      bits |= (long) LONG.get(bytes, at) >>> have;
      int more = (Long.SIZE - 1 - have) >>> 3;
      at += more;
      have += more * Byte.SIZE;
    } else {
      // The last bytes, none of which may lie beyond the tile.
      while (have <= Long.SIZE - 2 * Byte.SIZE && at < end) {
        bits &= have == 0 ? 0 : -1L << (Long.SIZE - have);
        bits |= (bytes[at++] & 0xFFL) << (Long.SIZE - Byte.SIZE - have);
        have += Byte.SIZE;
      }
    }
  }
}
