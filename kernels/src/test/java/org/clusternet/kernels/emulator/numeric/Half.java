package org.clusternet.kernels.emulator.numeric;

import org.clusternet.kernels.emulator.syntax.Type;

/** The two types of 16 bits. */
final class Half {
  private Half() {}

  static double decode(long bits, Type type) {
    return type == Type.F16
        ? Float.float16ToFloat((short) bits)
        : Float.intBitsToFloat((int) bits << 16);
  }

  /** Rounds to nearest, ties to even; NaN becomes 0x7fff. */
  static long encode(double value, Type type) {
    if (Double.isNaN(value)) {
      return 0x7fff;
    }
    float odd = toOdd(value);
    if (type == Type.F16) {
      return Float.floatToFloat16(odd) & 0xffffL;
    }
    int bits = Float.floatToRawIntBits(odd);
    return (bits + 0x7fffL + (bits >> 16 & 1)) >>> 16 & 0xffff;
  }

  /** Single precision rounded to odd, so that a second rounding does not see a false tie. */
  private static float toOdd(double value) {
    float nearest = (float) value;
    if (nearest == value || Float.isInfinite(nearest)) {
      return nearest;
    }
    if ((Float.floatToRawIntBits(nearest) & 1) != 0) {
      return nearest;
    }
    return value > nearest ? Math.nextUp(nearest) : Math.nextDown(nearest);
  }
}
