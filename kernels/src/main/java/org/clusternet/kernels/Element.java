package org.clusternet.kernels;

/** The floating-point element types of kernels, by the suffix of their entries. */
public enum Element {
  /** IEEE 754 binary32. */
  F32("f32", Float.BYTES, 0),
  /** bfloat16. */
  BF16("bf16", Short.BYTES, 1),
  /** IEEE 754 binary64: casts and intermediate sums only. */
  F64("f64", Double.BYTES, 2);

  private static final int VECTOR = 16;

  private final String suffix;
  private final int bytes;
  private final int code;

  Element(String suffix, int bytes, int code) {
    this.suffix = suffix;
    this.bytes = bytes;
    this.code = code;
  }

  /** The number of the type in kernels that choose it by an argument. */
  int code() {
    return code;
  }

  /** The suffix of entries for this type. */
  public String suffix() {
    return suffix;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Elements in the widest access, of 16 bytes. */
  public int lanes() {
    return VECTOR / bytes;
  }

  /**
   * Elements per access for runs of {@code extent} elements from each of these addresses, where 0
   * stands for none: {@link #lanes} if every run begins at a multiple of 16 bytes, or else 1.
   */
  public int lanes(long extent, long... addresses) {
    long odd = extent % lanes();
    for (long address : addresses) {
      odd |= address % VECTOR;
    }
    return odd == 0 ? lanes() : 1;
  }
}
