package org.clusternet.nn.safetensors;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.clusternet.engine.tensor.DType;

/**
 * Element types of the format, in the reference implementation's order of alignment. Those that our
 * models use are read as numbers; of the others only the size is known.
 */
public enum StoredType {
  /** A byte of 0 or 1. */
  BOOL(1),
  /** Unsigned byte. */
  U8(1),
  /** Signed byte. */
  I8(1),
  /** 8-bit float, 5 exponent bits. */
  F8_E5M2(1),
  /** 8-bit float, 4 exponent bits. */
  F8_E4M3(1),
  /** Signed 16 bits. */
  I16(2),
  /** Unsigned 16 bits. */
  U16(2),
  /** IEEE 754 binary16. */
  F16(2),
  /** bfloat16. */
  BF16(2),
  /** Signed 32 bits. */
  I32(4),
  /** Unsigned 32 bits. */
  U32(4),
  /** IEEE 754 binary32. */
  F32(4),
  /** IEEE 754 binary64. */
  F64(8),
  /** Signed 64 bits. */
  I64(8),
  /** Unsigned 64 bits. */
  U64(8);

  // Little-endian by the format, whatever the machine; other writers need not align arrays.
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** The type in which a tensor of the engine is stored. */
  public static StoredType of(DType dtype) {
    return switch (dtype) {
      case F64 -> F64;
      case F32 -> F32;
      case BF16 -> BF16;
      case I32 -> I32;
      case U8 -> U8;
    };
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether it is one of F64, F32, BF16, F16. */
  public boolean isFloating() {
    return this == F64 || this == F32 || this == BF16 || this == F16;
  }

  /**
   * Reads element {@code index}; exact except for I64 beyond 2^53.
   *
   * @throws UnsupportedOperationException for a type of which only the size is known
   */
  double get(MemorySegment data, long index) {
    long at = index * bytes;
    return switch (this) {
      case F64 -> data.get(DOUBLE, at);
      case F32 -> data.get(FLOAT, at);
      case BF16 -> DType.bf16ToFloat(data.get(SHORT, at));
      case F16 -> Float.float16ToFloat(data.get(SHORT, at));
      case I64 -> data.get(LONG, at);
      case I32 -> data.get(INT, at);
      case U8 -> data.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
      default -> throw unsupported();
    };
  }

  /**
   * Writes element {@code index}: rounded to nearest even for floating-point types, truncated for
   * integers.
   *
   * @throws UnsupportedOperationException for a type of which only the size is known
   */
  void set(MemorySegment data, long index, double value) {
    long at = index * bytes;
    switch (this) {
      case F64 -> data.set(DOUBLE, at, value);
      case F32 -> data.set(FLOAT, at, (float) value);
      case BF16 -> data.set(SHORT, at, DType.floatToBf16((float) value));
      case F16 -> data.set(SHORT, at, Float.floatToFloat16((float) value));
      case I64 -> data.set(LONG, at, (long) value);
      case I32 -> data.set(INT, at, (int) value);
      case U8 -> data.set(ValueLayout.JAVA_BYTE, at, (byte) (int) value);
      default -> throw unsupported();
    }
  }

  private UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException(
        "dtype="
            + this
            + " cannot be read as numbers; convert to F64, F32, BF16, F16, I64, I32 or U8");
  }
}
