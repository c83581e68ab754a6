package org.clusternet.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Element types. Three floating-point types carry the mathematics: F64 is the oracle, F32 the
 * default, BF16 (the upper half of an F32) the fast storage type whose arithmetic is done in F32.
 * The two integer types hold what is not mathematics: I32 labels and boxes, U8 masks and indices.
 */
public enum DType {
  /** IEEE 754 binary64. */
  F64(8),
  /** IEEE 754 binary32. */
  F32(4),
  /** bfloat16: sign, 8 exponent bits, 7 fraction bits. */
  BF16(2),
  /** Two's complement 32-bit integer. */
  I32(4),
  /** Unsigned byte. */
  U8(1);

  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE;
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether gradients can flow through elements of this type. */
  public boolean isFloating() {
    return this == F64 || this == F32 || this == BF16;
  }

  /** Reads the element at {@code index} (in elements) of host memory as a double, exactly. */
  public double get(MemorySegment memory, long index) {
    return switch (this) {
      case F64 -> memory.getAtIndex(DOUBLE, index);
      case F32 -> memory.getAtIndex(FLOAT, index);
      case BF16 -> bf16ToFloat(memory.getAtIndex(SHORT, index));
      case I32 -> memory.getAtIndex(INT, index);
      case U8 -> memory.get(ValueLayout.JAVA_BYTE, index) & 0xFF;
    };
  }

  /**
   * Writes {@code value} to the element at {@code index} of host memory: rounded to nearest even
   * for floating-point types, truncated for integers.
   */
  public void set(MemorySegment memory, long index, double value) {
    switch (this) {
      case F64 -> memory.setAtIndex(DOUBLE, index, value);
      case F32 -> memory.setAtIndex(FLOAT, index, (float) value);
      case BF16 -> memory.setAtIndex(SHORT, index, doubleToBf16(value));
      case I32 -> memory.setAtIndex(INT, index, (int) value);
      case U8 -> memory.set(ValueLayout.JAVA_BYTE, index, (byte) (int) value);
    }
  }

  /** The F32 value whose upper half is {@code bits}. */
  public static float bf16ToFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** The bfloat16 nearest to {@code value}, ties to even; NaN stays NaN. */
  public static short floatToBf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }

  /**
   * The bfloat16 nearest to {@code value}. Rounding to F32 on the way can land on a tie that the
   * value itself is not; then it is moved off the tie to the side on which the value lies.
   */
  private static short doubleToBf16(double value) {
    float rounded = (float) value;
    int bits = Float.floatToRawIntBits(rounded);
    if ((bits & 0xFFFF) == 0x8000 && rounded != value) {
      bits += Math.abs(value) > Math.abs(rounded) ? 1 : -1;
    }
    return floatToBf16(Float.intBitsToFloat(bits));
  }
}
