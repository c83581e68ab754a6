package org.clusternet.classical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.clusternet.data.CoreType;
import org.clusternet.data.random.CounterRandom;
import org.clusternet.data.simulate.validation.ClusterMeasures;
import org.clusternet.data.simulate.validation.Quantity;
import org.clusternet.data.simulate.validation.ReferenceTable;
import org.clusternet.metrics.ConfusionMatrix;

/**
 * How well the best two cuts on a concentration tell the core types apart, in-sample: for the
 * reference's concentrations, and for those measured in simulated images.
 *
 * @param name name of the concentration
 * @param reference macro F1 on the reference
 * @param simulated macro F1 on the simulated images
 * @param samplingError standard error of their difference by bootstrap over the clusters of both
 *     samples, the cuts kept; NaN without clusters
 */
public record Difficulty(String name, double reference, double simulated, double samplingError) {
  /** How far the two may be apart. */
  public static final double TOLERANCE = 0.05;

  private static final int RESAMPLES = 400;

  /**
   * Measures both concentrations.
   *
   * @param haloes clusters of the reference
   * @param clusters simulated clusters
   * @return the scores of C_phys and C_scaled
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
    Score theirs =
        score(
            haloes.stream().mapToDouble(halo -> halo.value(quantity)).toArray(),
            haloes.stream().map(ReferenceTable.Halo::type).toList());
    Score ours =
        score(
            clusters.stream().mapToDouble(image).toArray(),
            clusters.stream().map(ClusterMeasures::type).toList());
    return new Difficulty(name, theirs.f1(), ours.f1(), Math.hypot(theirs.error(), ours.error()));
  }

  private record Score(double f1, double error) {}

  private static Score score(double[] values, List<CoreType> types) {
    int[] known = IntStream.range(0, values.length).filter(i -> !Double.isNaN(values[i])).toArray();
    if (known.length == 0) {
      return new Score(Double.NaN, Double.NaN);
    }
    double[] measured = Arrays.stream(known).mapToDouble(i -> values[i]).toArray();
    List<CoreType> labels = Arrays.stream(known).mapToObj(types::get).toList();
    TwoThresholds cuts = TwoThresholds.fit(measured, labels);
    List<CoreType> predicted = Arrays.stream(measured).mapToObj(cuts::predict).toList();
    return new Score(
        ConfusionMatrix.of(labels, predicted).macroF1(), bootstrapError(labels, predicted));
  }

  private static double bootstrapError(List<CoreType> labels, List<CoreType> predicted) {
    CounterRandom random = new CounterRandom(0, "bootstrap of the classical scores");
    double[] scores = new double[RESAMPLES];
    for (int k = 0; k < RESAMPLES; k++) {
      int[] drawn = random.ints(labels.size(), 0, labels.size()).toArray();
      scores[k] =
          ConfusionMatrix.of(
                  Arrays.stream(drawn).mapToObj(labels::get).toList(),
                  Arrays.stream(drawn).mapToObj(predicted::get).toList())
              .macroF1();
    }
    return new StandardDeviation().evaluate(scores);
  }

  /**
   * Whether the simulated images are as hard.
   *
   * @return true if the scores differ by at most {@link #TOLERANCE}
   */
  public boolean passes() {
    return Math.abs(simulated - reference) <= TOLERANCE;
  }
}
