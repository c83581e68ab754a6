package org.clusternet.data.simulate.validation;

import java.util.Arrays;
import java.util.List;
import org.clusternet.data.batch.Batch;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.simulate.ClusterPopulation;
import org.clusternet.data.simulate.MassSample;
import org.clusternet.data.simulate.SimulatedCluster;

/**
 * Compares simulated clusters with a reference sample: with masses of the reference's haloes and
 * core types as the population has them, each measured once.
 *
 * @param reference haloes of the reference
 * @param simulated simulated clusters
 * @param comparisons comparisons of all quantities by type
 */
public record Validation(
    List<ReferenceTable.Halo> reference,
    List<ClusterMeasures> simulated,
    List<Comparison> comparisons) {

  /**
   * Simulates, measures and compares.
   *
   * @param population the population; its masses are replaced by those of the reference
   * @param reference haloes of the reference, at least one
   * @param clusters number of clusters to simulate, at least 1
   * @param seed random seed
   * @param threads number of threads, at least 1; the result does not depend on it
   * @param progress called after each cluster
   * @return the comparison
   * @throws IllegalArgumentException if {@code clusters} or {@code threads} is below 1
   */
  public static Validation run(
      ClusterPopulation population,
      List<ReferenceTable.Halo> reference,
      int clusters,
      long seed,
      int threads,
      BatchProgress progress) {
    if (clusters < 1) {
      throw new IllegalArgumentException(
          "validation: clusters=" + clusters + " must be at least 1");
    }
    MassSample masses = new MassSample(reference.stream().map(ReferenceTable.Halo::mass).toList());
    SimulatedCluster.Draw draw = SimulatedCluster.Draw.of(population.withMass(masses));
    ClusterMeasures[] measures = new ClusterMeasures[clusters];
    Batch.run(
        clusters,
        threads,
        progress,
        i -> measures[i] = ClusterMeasures.of(draw.cluster(seed, i, 0)));
    List<ClusterMeasures> simulated = List.copyOf(Arrays.asList(measures));
    return new Validation(reference, simulated, Comparison.all(reference, simulated));
  }
}
