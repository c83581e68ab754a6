package org.clusternet.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.clusternet.classical.TwoThresholds;
import org.clusternet.data.CoreType;
import org.clusternet.data.simulate.validation.ClusterMeasures;
import org.clusternet.data.simulate.validation.Quantity;
import org.clusternet.data.simulate.validation.ReferenceTable;
import org.clusternet.metrics.ConfusionMatrix;

/**
 * How well the best two cuts on a concentration tell the core types apart, in-sample: of the
 * reference's concentrations, and of what simulated images show.
 *
 * @param name of the concentration
 * @param reference macro F1 on the reference
 * @param simulated macro F1 on the simulated images
 */
public record Difficulty(String name, double reference, double simulated) {
  /** How far the two may be apart. */
  public static final double TOLERANCE = 0.05;

  /**
   * Measures both concentrations.
   *
   * @param haloes of the reference
   * @param clusters simulated
   * @return C_phys and C_scaled
   */
  public static List<Difficulty> of(
      List<ReferenceTable.Halo> haloes, List<ClusterMeasures> clusters) {
    List<Difficulty> all = new ArrayList<>();
    all.add(of("C_phys", haloes, Quantity.C_PHYS, clusters, ClusterMeasures::imagePhysical));
    all.add(of("C_scaled", haloes, Quantity.C_SCALED, clusters, ClusterMeasures::imageScaled));
    return all;
  }

  private static Difficulty of(
      String name,
      List<ReferenceTable.Halo> haloes,
      Quantity quantity,
      List<ClusterMeasures> clusters,
      ToDoubleFunction<ClusterMeasures> image) {
    return new Difficulty(
        name,
        score(
            haloes.stream().mapToDouble(halo -> halo.value(quantity)).toArray(),
            haloes.stream().map(ReferenceTable.Halo::type).toList()),
        score(
            clusters.stream().mapToDouble(image).toArray(),
            clusters.stream().map(ClusterMeasures::type).toList()));
  }

  private static double score(double[] values, List<CoreType> types) {
    int[] known = IntStream.range(0, values.length).filter(i -> !Double.isNaN(values[i])).toArray();
    if (known.length == 0) {
      return Double.NaN;
    }
    double[] measured = Arrays.stream(known).mapToDouble(i -> values[i]).toArray();
    List<CoreType> labels = Arrays.stream(known).mapToObj(types::get).toList();
    TwoThresholds cuts = TwoThresholds.fit(measured, labels);
    return ConfusionMatrix.of(labels, Arrays.stream(measured).mapToObj(cuts::predict).toList())
        .macroF1();
  }

  /**
   * Whether the simulated images are as hard.
   *
   * @return scores within {@link #TOLERANCE}
   */
  public boolean passes() {
    return Math.abs(simulated - reference) <= TOLERANCE;
  }
}
