package org.clusternet.kernels.emulator.syntax;

import java.util.Locale;
import java.util.Optional;

/** The fundamental types of PTX. */
public enum Type {
  PRED(0, Kind.PREDICATE),
  B8(1, Kind.BITS),
  B16(2, Kind.BITS),
  B32(4, Kind.BITS),
  B64(8, Kind.BITS),
  U8(1, Kind.UNSIGNED),
  U16(2, Kind.UNSIGNED),
  U32(4, Kind.UNSIGNED),
  U64(8, Kind.UNSIGNED),
  S8(1, Kind.SIGNED),
  S16(2, Kind.SIGNED),
  S32(4, Kind.SIGNED),
  S64(8, Kind.SIGNED),
  F16(2, Kind.FLOAT),
  BF16(2, Kind.FLOAT),
  F32(4, Kind.FLOAT),
  F64(8, Kind.FLOAT);

  /** How the bits are read. */
  public enum Kind {
    PREDICATE,
    BITS,
    UNSIGNED,
    SIGNED,
    FLOAT
  }

  private final int bytes;
  private final Kind kind;

  Type(int bytes, Kind kind) {
    this.bytes = bytes;
    this.kind = kind;
  }

  /** Size in memory; 0 for a predicate. */
  public int bytes() {
    return bytes;
  }

  /** Width in bits. */
  public int bits() {
    return 8 * bytes;
  }

  /** How the bits are read. */
  public Kind kind() {
    return kind;
  }

  /** Whether the value is negative where its highest bit is set. */
  public boolean signed() {
    return kind == Kind.SIGNED;
  }

  /** Whether it is a floating-point type. */
  public boolean isFloat() {
    return kind == Kind.FLOAT;
  }

  /** The type of a name such as {@code f32}, if it is one. */
  public static Optional<Type> of(String name) {
    for (Type type : values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
