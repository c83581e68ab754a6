package org.clusternet.data.tng;

import org.clusternet.data.DataException;

/**
 * The plausible values of a quantity in its unit; wide, because it is to detect wrong units or
 * damage, not unusual physics.
 *
 * @param name name of the quantity in the file
 * @param min smallest value
 * @param max largest value
 * @param unit unit of the values
 */
record Range(String name, double min, double max, String unit) {

  /** False for NaN. */
  boolean holds(double value) {
    return value >= min && value <= max;
  }

  /**
   * Checks a value and returns it.
   *
   * @throws DataException if it is outside the range
   */
  double require(Object file, double value) {
    if (!holds(value)) {
      throw error(file, name, value);
    }
    return value;
  }

  /** The error for a value of a cell outside the range. */
  DataException ofCell(Object file, long cell, double value) {
    return error(file, name + "[" + cell + "]", value);
  }

  private DataException error(Object file, String what, double value) {
    return new DataException(
        "%s: %s=%s is not within %s to %s %s; give it in that unit, or get the file again if it is damaged"
            .formatted(file, what, value, min, max, unit));
  }
}
