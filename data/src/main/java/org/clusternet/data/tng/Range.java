package org.clusternet.data.tng;

import org.clusternet.data.DataException;

/**
 * The values that a quantity can sanely have in its unit; generous, for it is to catch another unit
 * or damage, not odd physics.
 *
 * @param name the quantity, as the file calls it
 * @param min the least
 * @param max the greatest
 * @param unit its unit
 */
record Range(String name, double min, double max, String unit) {

  /** False for NaN. */
  boolean holds(double value) {
    return value >= min && value <= max;
  }

  /**
   * A value that lies within.
   *
   * @throws DataException if it does not
   */
  double require(Object file, double value) {
    if (!holds(value)) {
      throw error(file, name, value);
    }
    return value;
  }

  /** What to throw where the value of a cell lies outside. */
  DataException ofCell(Object file, long cell, double value) {
    return error(file, name + "[" + cell + "]", value);
  }

  private DataException error(Object file, String what, double value) {
    return new DataException(
        "%s: %s=%s is not within %s to %s %s; give it in that unit, or get the file again if it is damaged"
            .formatted(file, what, value, min, max, unit));
  }
}
