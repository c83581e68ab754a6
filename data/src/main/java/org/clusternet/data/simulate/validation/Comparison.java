package org.clusternet.data.simulate.validation;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.clusternet.data.CoreType;

/**
 * A quantity of the clusters of one core type, in the simulation and in the reference.
 *
 * @param type the core type
 * @param quantity the compared quantity
 * @param reference its distribution in the reference
 * @param simulated its distribution in the simulation
 */
public record Comparison(CoreType type, Quantity quantity, Spread reference, Spread simulated) {
  /** Smallest fraction of the reference's range that the simulated one must cover. */
  public static final double LEAST_OVERLAP = 0.5;

  /**
   * Sampling errors within which a difference cannot be told from none (95 % of them by chance).
   */
  public static final double CHANCE = 2;

  /** Keeps a difference of exactly the tolerance, of values with two decimals, within it. */
  private static final double ROUNDING = 1e-9;

  /**
   * The 16, 50 and 84 % points of a sample.
   *
   * @param count number of clusters
   * @param low the 16 % point; all three are NaN without clusters
   * @param median the median
   * @param high the 84 % point
   */
  public record Spread(int count, double low, double median, double high) {
    static Spread of(double[] values) {
      Percentile percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
      percentile.setData(values);
      return values.length == 0
          ? new Spread(0, Double.NaN, Double.NaN, Double.NaN)
          : new Spread(
              values.length,
              percentile.evaluate(16),
              percentile.evaluate(50),
              percentile.evaluate(84));
    }
  }

  /**
   * Compares all quantities of all types.
   *
   * @param reference clusters of the reference
   * @param simulated simulated clusters
   * @return comparisons by type, then by quantity
   */
  public static List<Comparison> all(
      List<ReferenceTable.Halo> reference, List<ClusterMeasures> simulated) {
    List<Comparison> all = new ArrayList<>();
    for (CoreType type : CoreType.values()) {
      for (Quantity quantity : Quantity.values()) {
        double[] theirs =
            reference.stream()
                .filter(halo -> halo.type() == type)
                .mapToDouble(halo -> halo.value(quantity))
                .toArray();
        double[] ours =
            simulated.stream()
                .filter(cluster -> cluster.type() == type)
                .mapToDouble(quantity::of)
                .toArray();
        all.add(new Comparison(type, quantity, Spread.of(theirs), Spread.of(ours)));
      }
    }
    return all;
  }

  /**
   * The difference of the medians.
   *
   * @return the difference as defined by {@link Quantity#difference}
   */
  public double difference() {
    return quantity.difference(simulated.median, reference.median);
  }

  /**
   * The standard error of {@link #difference}, both medians' in quadrature, for normal samples
   * (sqrt(pi / 2) sigma / sqrt(n), sigma being half the range from 16 to 84 %).
   *
   * @return in the unit of the difference; NaN without clusters
   */
  public double samplingError() {
    return Math.hypot(medianError(reference), medianError(simulated));
  }

  private double medianError(Spread spread) {
    double range = quantity.difference(spread.high, spread.low);
    if (!quantity.isInDex()) {
      range = (spread.high - spread.low) / reference.median;
    }
    return Math.sqrt(Math.PI / 2 / spread.count) * range / 2;
  }

  /**
   * Whether the medians agree.
   *
   * @return whether the difference is within {@link Quantity#tolerance}
   */
  public boolean medianAgrees() {
    return Math.abs(difference()) <= quantity.tolerance() + ROUNDING;
  }

  /**
   * Whether the medians differ by no more than samples of these sizes do by chance.
   *
   * @return whether it is within {@link #CHANCE} times the {@link #samplingError}
   */
  public boolean mayBeChance() {
    return Math.abs(difference()) <= CHANCE * samplingError();
  }

  /**
   * The fraction of the reference's range from 16 to 84 % that the simulated one covers.
   *
   * @return from 0 to 1; NaN without clusters
   */
  public double overlap() {
    double shared =
        Math.min(reference.high, simulated.high) - Math.max(reference.low, simulated.low);
    double range = reference.high - reference.low;
    if (range == 0) {
      return shared >= 0 ? 1 : 0;
    }
    return Math.max(0, shared / range);
  }

  /**
   * Whether the ranges agree.
   *
   * @return whether {@link #LEAST_OVERLAP} or more is covered
   */
  public boolean rangeAgrees() {
    return overlap() >= LEAST_OVERLAP - ROUNDING;
  }

  /**
   * Whether the row passes.
   *
   * @return whether both median and range agree
   */
  public boolean passes() {
    return medianAgrees() && rangeAgrees();
  }
}
