package org.clusternet.nn.safetensors;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A named array as it is stored in a file: little-endian, row-major.
 *
 * @param key name of the array
 * @param type element type
 * @param shape extents, outermost first; empty for a scalar, an extent may be 0
 * @param data content, {@code elements * type.bytes()} bytes
 */
public record StoredTensor(String key, StoredType type, List<Long> shape, MemorySegment data) {

  /**
   * Checks the size of the data.
   *
   * @throws IllegalArgumentException if the number of bytes is not that of type and shape
   */
  public StoredTensor {
    shape = List.copyOf(shape);
    long expected = Math.multiplyExact(elements(shape), (long) type.bytes());
    if (data.byteSize() != expected) {
      throw new IllegalArgumentException(
          "key=%s: bytes=%d, but %s%s has %d"
              .formatted(key, data.byteSize(), type, shape, expected));
    }
  }

  /**
   * An array of the given numbers in row-major order, rounded to the type.
   *
   * @throws IllegalArgumentException if there is not one number per element
   */
  public static StoredTensor of(String key, StoredType type, List<Long> shape, double... values) {
    if (values.length != elements(shape)) {
      throw new IllegalArgumentException(
          "key=%s: values=%d for shape=%s; one value per element is needed"
              .formatted(key, values.length, shape));
    }
    byte[] bytes = new byte[Math.multiplyExact(values.length, type.bytes())];
    MemorySegment data = MemorySegment.ofArray(bytes);
    for (int i = 0; i < values.length; i++) {
      type.set(data, i, values[i]);
    }
    return new StoredTensor(key, type, shape, data);
  }

  /** Number of elements. */
  public long elements() {
    return elements(shape);
  }

  private static long elements(List<Long> shape) {
    long count = 1;
    for (long extent : shape) {
      count = Math.multiplyExact(count, extent);
    }
    return count;
  }

  /**
   * The numbers in row-major order.
   *
   * @throws UnsupportedOperationException for a type that is known by size only
   */
  public double[] values() {
    double[] values = new double[Math.toIntExact(elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.get(data, i);
    }
    return values;
  }

  /** For instance {@code conv1.weight F32[64, 3, 7, 7]}. */
  @Override
  public String toString() {
    return key + " " + type + shape;
  }
}
