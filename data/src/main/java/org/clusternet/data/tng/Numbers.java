package org.clusternet.data.tng;

import java.lang.reflect.Array;
import java.util.Optional;

/** Flattens numbers as jHDF returns them: boxed, or nested arrays of any number type. */
final class Numbers {
  private Numbers() {}

  /** Number of values. */
  private static int count(Object data) {
    if (!data.getClass().isArray()) {
      return 1;
    }
    int count = 0;
    int length = Array.getLength(data);
    if (length > 0 && data.getClass().getComponentType().isPrimitive()) {
      return length;
    }
    for (int i = 0; i < length; i++) {
      count += count(Array.get(data, i));
    }
    return count;
  }

  /**
   * All numbers, row by row.
   *
   * @return empty if anything else is among them
   */
  static Optional<double[]> flat(Object data) {
    double[] values = new double[count(data)];
    return copy(data, values, 0) == values.length ? Optional.of(values) : Optional.empty();
  }

  /**
   * Copies all numbers, row by row.
   *
   * @return the position after the last, or -1 if anything else is among them
   */
  static int copy(Object data, double[] values, int at) {
    if (data instanceof double[] row) {
      System.arraycopy(row, 0, values, at, row.length);
      return at + row.length;
    }
    if (data instanceof float[] row) {
      for (int i = 0; i < row.length; i++) {
        values[at + i] = row[i];
      }
      return at + row.length;
    }
    if (data instanceof Number number) {
      values[at] = number.doubleValue();
      return at + 1;
    }
    if (!data.getClass().isArray()) {
      return -1;
    }
    int length = Array.getLength(data);
    for (int i = 0; i < length && at >= 0; i++) {
      at = copy(Array.get(data, i), values, at);
    }
    return at;
  }
}
