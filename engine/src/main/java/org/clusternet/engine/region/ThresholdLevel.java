package org.clusternet.engine.region;

/**
 * Which values of a map {@code MinMaxNormalise} and {@code Threshold} set, found from the least and
 * the largest value of the map, so that neither of the two has to be run: those with {@code value -
 * least >= reach} and {@code value <= most}, all differences in F64. Exactly the same ones: {@code
 * (value - least) / range}, rounded to F32, grows with the value, so that there is a least
 * difference that reaches the threshold.
 */
public final class ThresholdLevel {
  private static final ThresholdLevel NOTHING =
      new ThresholdLevel(0, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, false);
  private static final ThresholdLevel EVERYTHING =
      new ThresholdLevel(0, Double.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, true);

  private final double least;
  private final double reach;
  private final float most;
  private final boolean everything;

  private ThresholdLevel(double least, double reach, float most, boolean everything) {
    this.least = least;
    this.reach = reach;
    this.most = most;
    this.everything = everything;
  }

  /** The least F32 that is not below {@code tau}. */
  public static float leastFloat(double tau) {
    float rounded = (float) tau;
    return rounded < tau ? Math.nextUp(rounded) : rounded;
  }

  /** The least F64 that rounds to an F32 of at least {@code tau}. */
  public static double bound(double tau) {
    float least = leastFloat(tau);
    double middle = ((double) least + Math.nextDown(least)) / 2;
    return (float) middle >= tau ? middle : Math.nextUp(middle);
  }

  /**
   * The level of a map in F32.
   *
   * @param least value of the map, NaN left aside
   * @param largest value of the map, NaN left aside
   * @param bound bound of the threshold
   */
  public static ThresholdLevel of(float least, float largest, double bound) {
    if (!(largest > least)) {
      return bound <= 0 ? EVERYTHING : NOTHING; // a flat map is 0 everywhere, NaN included
    }
    boolean endless = largest == Float.POSITIVE_INFINITY;
    if (bound > 1 || least == Float.NEGATIVE_INFINITY || (endless && bound > 0)) {
      return NOTHING;
    }
    float most = endless ? Float.MAX_VALUE : Float.POSITIVE_INFINITY;
    if (bound <= 0) {
      return new ThresholdLevel(0, Double.NEGATIVE_INFINITY, most, false);
    }
    return new ThresholdLevel(least, reach((double) largest - least, bound), most, false);
  }

  /** The least d with d / range at least the bound; rounding moves it by two units at most. */
  private static double reach(double range, double bound) {
    double d = Math.nextUp(Math.nextUp(bound * range));
    while (d > 0 && Math.nextDown(d) / range >= bound) {
      d = Math.nextDown(d);
    }
    return d;
  }

  /** Whether the value is set. */
  public boolean holds(float value) {
    return everything || ((double) value - least >= reach && value <= most);
  }

  /** About the least value that is set. */
  float near() {
    return (float) (least + reach);
  }
}
