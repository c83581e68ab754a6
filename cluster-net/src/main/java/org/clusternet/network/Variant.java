package org.clusternet.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The five rows of the paper's Table I: which masks make the crop, and whether the order of classes
 * counts.
 */
public enum Variant {
  /** The primary branch alone, a plain ResNet-18. */
  BASELINE(false, false, false),
  /** Crop by the attention mask. */
  ATTENTION(true, false, false),
  /** Crop by the Gaussian mask. */
  GAUSSIAN(false, true, false),
  /** Crop by both masks. */
  BOTH(true, true, false),
  /** Crop by both masks, and the Cramer distance in the loss. */
  ALL(true, true, true);

  private final boolean attention;
  private final boolean gaussian;
  private final boolean regression;

  Variant(boolean attention, boolean gaussian, boolean regression) {
    this.attention = attention;
    this.gaussian = gaussian;
    this.regression = regression;
  }

  /** Whether the attention mask B1 (Eq. 4) takes part. */
  public boolean attention() {
    return attention;
  }

  /** Whether the Gaussian mask B2 (Eq. 7) takes part. */
  public boolean gaussian() {
    return gaussian;
  }

  /** Whether the Cramer distance (Eq. 14) is part of the loss. */
  public boolean regression() {
    return regression;
  }

  /** Whether there are an auxiliary branch and a fusion head. */
  public boolean hasAuxiliary() {
    return attention || gaussian;
  }

  /**
   * The variant of a name, in any case.
   *
   * @throws IllegalArgumentException listing the names that there are
   */
  public static Variant parse(String name) {
    for (Variant variant : values()) {
      if (variant.name().equalsIgnoreCase(name)) {
        return variant;
      }
    }
    String known = Arrays.stream(values()).map(Variant::toString).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("variant=" + name + "; it must be one of " + known);
  }

  /** The name in lower case, as on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
