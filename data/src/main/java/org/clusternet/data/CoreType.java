package org.clusternet.data;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;

/**
 * The three classes of galaxy clusters by central cooling time, ordered from short to long.
 *
 * <p>The order is the order of the network's outputs ({@link #index} 0, 1, 2) and it carries
 * meaning: the regression loss of the paper (Eq. 11-15) compares cumulative distributions along it.
 * Limits after section IV-A of the paper: CC &le; 1.0 Gyr &lt; WCC &lt; 7.7 Gyr &le; NCC.
 */
public enum CoreType {
  /** Cool core: central cooling time of at most 1.0 Gyr. */
  CC(0),
  /** Weak cool core: central cooling time above 1.0 Gyr and below 7.7 Gyr. */
  WCC(1),
  /** Non-cool core: central cooling time of at least 7.7 Gyr. */
  NCC(2);

  /** The longest central cooling time of a cool core, in Gyr. */
  public static final double CC_MAX_GYR = 1.0;

  /** The shortest central cooling time of a non-cool core, in Gyr. */
  public static final double NCC_MIN_GYR = 7.7;

  private final int index;

  CoreType(int index) {
    this.index = index;
  }

  /**
   * Index of the class among the network's outputs.
   *
   * @return 0 for CC, 1 for WCC, 2 for NCC
   */
  public int index() {
    return index;
  }

  /**
   * The class at an index of the network's outputs.
   *
   * @param index 0, 1 or 2
   * @return the class
   * @throws IllegalArgumentException if there is no such class
   */
  public static CoreType ofIndex(int index) {
    for (CoreType type : values()) {
      if (type.index == index) {
        return type;
      }
    }
    throw new IllegalArgumentException("core type: index=" + index + " is not within 0 to 2");
  }

  /**
   * The class of a central cooling time.
   *
   * @param tCoolGyr central cooling time in Gyr, finite and positive
   * @return the class
   * @throws IllegalArgumentException if the time is NaN, infinite, zero or negative
   */
  public static CoreType ofCoolingTime(double tCoolGyr) {
    if (!(tCoolGyr > 0) || Double.isInfinite(tCoolGyr)) {
      throw new IllegalArgumentException(
          "core type: t_cool_gyr=" + tCoolGyr + " is not a finite positive number of Gyr");
    }
    if (tCoolGyr <= CC_MAX_GYR) {
      return CC;
    }
    return tCoolGyr < NCC_MIN_GYR ? WCC : NCC;
  }

  /**
   * The most frequent class; of equally frequent ones the one with the shorter cooling time.
   *
   * @param labels at least one label
   */
  public static CoreType mostFrequent(Collection<CoreType> labels) {
    return Arrays.stream(values())
        .max(
            Comparator.comparingInt((CoreType type) -> Collections.frequency(labels, type))
                .thenComparing(Comparator.reverseOrder()))
        .orElseThrow();
  }

  /**
   * The class of a label as users write it, in upper or lower case, with or without blanks around
   * it.
   *
   * @param label {@code CC}, {@code WCC} or {@code NCC}
   * @return the class
   * @throws IllegalArgumentException if the label is not one of them; the message names them
   */
  public static CoreType parse(String label) {
    String name = label.strip().toUpperCase(Locale.ROOT);
    for (CoreType type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "core type: unknown label="
            + label
            + "; the known labels are "
            + Arrays.toString(values()));
  }
}
