package org.clusternet.kernels.emulator.numeric;

import org.clusternet.kernels.emulator.syntax.Type;

/** Integer arithmetic. Sums and products do not look at the bits beyond the type; the rest does. */
public final class Integers {
  private Integers() {}

  /** Extends the lower bits of a value by its type, with sign or zeros. */
  public static long extend(long value, Type type) {
    return switch (type.bits()) {
      case 8 -> type.signed() ? (byte) value : value & 0xff;
      case 16 -> type.signed() ? (short) value : value & 0xffff;
      case 32 -> type.signed() ? (int) value : value & 0xffffffffL;
      default -> value;
    };
  }

  /** Quotient; all ones for a divisor of 0, which PTX leaves open. */
  static long div(long a, long b, Type type) {
    long y = extend(b, type);
    if (y == 0) {
      return -1;
    }
    long x = extend(a, type);
    return type.signed() ? x / y : Long.divideUnsigned(x, y);
  }

  /** Remainder; the dividend for a divisor of 0, which PTX leaves open. */
  static long rem(long a, long b, Type type) {
    long y = extend(b, type);
    long x = extend(a, type);
    if (y == 0) {
      return x;
    }
    return type.signed() ? x % y : Long.remainderUnsigned(x, y);
  }

  static long mulHigh(long a, long b, Type type) {
    long x = extend(a, type);
    long y = extend(b, type);
    if (type.bits() == 64) {
      return type.signed() ? Math.multiplyHigh(x, y) : Math.unsignedMultiplyHigh(x, y);
    }
    return (x * y) >> type.bits();
  }

  static long mulWide(long a, long b, Type type) {
    return extend(a, type) * extend(b, type);
  }

  static long extremum(long a, long b, Type type, boolean max) {
    long x = extend(a, type);
    long y = extend(b, type);
    int order = type.signed() ? Long.compare(x, y) : Long.compareUnsigned(x, y);
    return (order > 0) == max ? x : y;
  }

  static long shiftLeft(long a, long b, Type type) {
    long count = b & 0xffffffffL;
    return count >= type.bits() ? 0 : a << count;
  }

  static long shiftRight(long a, long b, Type type) {
    long count = b & 0xffffffffL;
    long x = extend(a, type);
    if (type.signed()) {
      return x >> Math.min(count, type.bits() - 1);
    }
    return count >= type.bits() ? 0 : x >>> count;
  }

  static long clamp32(long value) {
    return Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
  }

  static long leadingZeros(long a, Type type) {
    return type.bits() == 64 ? Long.numberOfLeadingZeros(a) : Integer.numberOfLeadingZeros((int) a);
  }

  static long reverse(long a, Type type) {
    return type.bits() == 64 ? Long.reverse(a) : Integer.reverse((int) a);
  }

  static long count(long a, Type type) {
    return type.bits() == 64 ? Long.bitCount(a) : Integer.bitCount((int) a);
  }

  /** Position of the highest bit that differs from the sign, or the shift that brings it up. */
  static long findHighest(long a, Type type, boolean shift) {
    long x = extend(a, type);
    long bits = type.signed() && x < 0 ? ~x : x;
    if (bits == 0) {
      return -1;
    }
    int position = 63 - Long.numberOfLeadingZeros(bits);
    return shift ? type.bits() - 1 - position : position;
  }

  static long extract(long a, long b, long c, Type type) {
    int width = type.bits();
    int position = (int) b & 0xff;
    int length = (int) c & 0xff;
    long x = extend(a, type);
    if (length == 0) {
      return 0;
    }
    long sign = type.signed() ? x >>> Math.min(position + length - 1, width - 1) & 1 : 0;
    long field = position >= width ? 0 : zeroExtend(x, width) >>> position;
    int kept = Math.min(length, Math.max(0, width - position));
    if (kept < 64) {
      field &= (1L << kept) - 1;
      field |= sign == 0 ? 0 : -1L << kept;
    }
    return field;
  }

  private static long zeroExtend(long value, int width) {
    return width == 64 ? value : value & ((1L << width) - 1);
  }

  static long insert(long a, long b, long position, long length, Type type) {
    int width = type.bits();
    int from = (int) position & 0xff;
    int count = Math.min((int) length & 0xff, Math.max(0, width - from));
    if (count == 0) {
      return b;
    }
    long mask = (count == 64 ? -1L : (1L << count) - 1) << from;
    return (b & ~mask) | (a << from & mask);
  }

  static long permute(long a, long b, long c, String mode) {
    long bytes = (a & 0xffffffffL) | b << 32;
    long result = 0;
    for (int i = 0; i < 4; i++) {
      int selector = selector(i, (int) c, mode);
      long value = bytes >>> (8 * (selector & 7)) & 0xff;
      if ((selector & 8) != 0) {
        value = (value & 0x80) != 0 ? 0xff : 0;
      }
      result |= value << (8 * i);
    }
    return result;
  }

  private static int selector(int i, int c, String mode) {
    int k = c & 3;
    return switch (mode) {
      case "f4e" -> k + i;
      case "b4e" -> (k - i) & 7;
      case "rc8" -> k;
      case "ecl" -> Math.max(i, k);
      case "ecr" -> Math.min(i, k);
      case "rc16" -> 2 * (k & 1) + (i & 1);
      default -> c >>> (4 * i) & 15;
    };
  }

  static long lop3(long a, long b, long c, int table) {
    long result = 0;
    for (int i = 0; i < 8; i++) {
      if ((table >> i & 1) != 0) {
        result |= ((i & 4) != 0 ? a : ~a) & ((i & 2) != 0 ? b : ~b) & ((i & 1) != 0 ? c : ~c);
      }
    }
    return result;
  }

  static long funnel(long a, long b, long c, boolean left, boolean clamp) {
    long count = clamp ? Math.min(c & 0xffffffffL, 32) : c & 31;
    long both = (a & 0xffffffffL) | b << 32;
    return left ? (count == 0 ? b : both >>> (32 - count)) : both >>> count;
  }
}
