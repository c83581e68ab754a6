package org.clusternet.data.tng;

/**
 * Which gas shines, and how.
 *
 * <p>The default least temperature, 1e6 K, is kT = 0.086 keV: cooler gas radiates below the bands
 * of X-ray telescopes, which begin at 0.1 keV (ROSAT) to 0.5 keV (Chandra), and the fit of the
 * cooling function, growing as T^-1.7, means nothing there.
 *
 * @param leastTemperature of gas that shines, in K, at least 1e4
 * @param metallicity where the metals in the cooling function come from
 */
public record GasOptions(double leastTemperature, Metallicity metallicity) {
  /** 1e6 K, metals of 0.3 solar. */
  public static final GasOptions DEFAULT = new GasOptions(1e6, Metallicity.FIXED);

  private static final double LOWEST = 1e4;
  private static final double HIGHEST = 1e8;

  /** Where the metals in the cooling function come from. */
  public enum Metallicity {
    /** 0.3 solar everywhere, as in the rest of the project. */
    FIXED,
    /** Each cell's GFM_Metallicity. */
    CELLS
  }

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException if it is not within 1e4 to 1e8 K
   */
  public GasOptions {
    if (!(leastTemperature >= LOWEST && leastTemperature <= HIGHEST)) {
      throw new IllegalArgumentException(
          "gas: min-temperature=%s K; must be from %s to %s"
              .formatted(leastTemperature, LOWEST, HIGHEST));
    }
  }
}
