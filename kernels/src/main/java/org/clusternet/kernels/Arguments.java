package org.clusternet.kernels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Arguments of a kernel, packed as PTX lays out parameters: in order, each aligned to its own size.
 */
public final class Arguments {
  private byte[] bytes = new byte[64];
  private int length;
  private int[] offsets = new int[8];
  private int count;

  /** No arguments yet. */
  public Arguments() {}

  /** Appends a device address; 0 stands for none where the kernel allows that. */
  public Arguments address(long address) {
    next(Long.BYTES).putLong(address);
    return this;
  }

  /** Appends a 64-bit integer. */
  public Arguments i64(long value) {
    next(Long.BYTES).putLong(value);
    return this;
  }

  /** Appends a 32-bit integer. */
  public Arguments i32(int value) {
    next(Integer.BYTES).putInt(value);
    return this;
  }

  /** Appends a single-precision number. */
  public Arguments f32(float value) {
    next(Float.BYTES).putFloat(value);
    return this;
  }

  /** Appends a double-precision number. */
  public Arguments f64(double value) {
    next(Double.BYTES).putDouble(value);
    return this;
  }

  private ByteBuffer next(int size) {
    int offset = (length + size - 1) / size * size;
    if (offset + size > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * count);
    }
    offsets[count++] = offset;
    length = offset + size;
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(offset);
  }

  /** Number of arguments. */
  public int count() {
    return count;
  }

  /** Where argument {@code i} begins in {@link #packed}. */
  public int offset(int i) {
    return offsets[i];
  }

  /** All arguments, little-endian. */
  public byte[] packed() {
    return Arrays.copyOf(bytes, length);
  }
}
