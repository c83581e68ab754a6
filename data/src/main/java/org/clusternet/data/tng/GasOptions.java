package org.clusternet.data.tng;

/**
 * Selection and emission of the gas.
 *
 * <p>The default minimum temperature, 1e6 K, is kT = 0.086 keV: cooler gas radiates below the bands
 * of X-ray telescopes, which begin at 0.1 keV (ROSAT) to 0.5 keV (Chandra), and the fit of the
 * cooling function, growing as T^-1.7, is not valid there.
 *
 * @param leastTemperature lowest temperature of emitting gas in K, at least 1e4
 * @param metallicity source of the metallicity in the cooling function
 */
public record GasOptions(double leastTemperature, Metallicity metallicity) {
  /** 1e6 K, metals of 0.3 solar. */
  public static final GasOptions DEFAULT = new GasOptions(1e6, Metallicity.FIXED);

  private static final double LOWEST = 1e4;
  private static final double HIGHEST = 1e8;

  /** Source of the metallicity in the cooling function. */
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
