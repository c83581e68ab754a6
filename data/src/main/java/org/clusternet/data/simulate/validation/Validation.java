package org.clusternet.data.simulate.validation;

import java.util.Arrays;
import java.util.List;
import org.clusternet.data.batch.Batch;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.simulate.ClusterPopulation;
import org.clusternet.data.simulate.MassSample;
import org.clusternet.data.simulate.SimulatedCluster;

/**
 * Simulated clusters beside a reference sample: of the masses of the reference's haloes, of the
 * types that the population has, each measured once.
 *
 * @param reference haloes of the reference
 * @param simulated simulated clusters
 * @param comparisons of all quantities by type
 */
public record Validation(
    List<ReferenceTable.Halo> reference,
    List<ClusterMeasures> simulated,
    List<Comparison> comparisons) {

  /**
   * Simulates, measures and compares.
   *
   * @param population what to draw from; its masses are replaced by the reference's
   * @param reference at least one halo
   * @param clusters how many to simulate, at least 1
   * @param seed any number
   * @param threads at least 1; the result does not depend on it
   * @param progress told after each cluster
   * @return the comparison
   * @throws IllegalArgumentException if there is no cluster or no thread
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
