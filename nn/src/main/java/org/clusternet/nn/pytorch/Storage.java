package org.clusternet.nn.pytorch;

import java.util.List;
import org.clusternet.nn.safetensors.StoredType;

/**
 * A block of numbers that tensors are views of.
 *
 * @param key name within the file
 * @param type element type
 * @param begin first element within the block of that name; not 0 for views in the legacy format
 * @param elements number of elements
 */
record Storage(String key, StoredType type, long begin, long elements) {

  /** Number of bytes, at most the length of an array. */
  int bytes() {
    return Math.toIntExact(elements * type.bytes());
  }

  /**
   * A strided view of a storage.
   *
   * @param storage the block
   * @param offset first element
   * @param size extents, outermost first
   * @param stride elements between neighbours, one per dimension
   */
  record Tensor(Storage storage, long offset, List<Long> size, List<Long> stride) {

    /** Number of elements; the extents have been checked against the storage. */
    long elements() {
      return size.stream().reduce(1L, Math::multiplyExact);
    }

    /** Whether the elements follow each other in row-major order. */
    boolean isContiguous() {
      long expected = 1;
      for (int d = size.size() - 1; d >= 0; d--) {
        if (size.get(d) != 1 && stride.get(d) != expected) {
          return false;
        }
        expected *= Math.max(1, size.get(d));
      }
      return true;
    }
  }
}
