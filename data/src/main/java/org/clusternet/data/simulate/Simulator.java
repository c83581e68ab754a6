package org.clusternet.data.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.dataset.DatasetFolder;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.Image;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.random.CounterRandom;
import org.clusternet.data.simulate.gas.FieldImage;
import org.clusternet.data.simulate.gas.GasField;
import org.clusternet.data.simulate.gas.NestedGrid;
import org.jspecify.annotations.Nullable;

/**
 * Writes a dataset of simulated clusters with three images each, along x, y and z.
 *
 * <p>A cluster is a field of gas in three dimensions ({@link
 * org.clusternet.data.simulate.gas.GasField}). The projection of its undisturbed main body is known
 * exactly; the disturbances are sampled on nested cubes whose cells grow with the distance from the
 * centre, and multiply the projection by the ratio of two sums along the line of sight ({@link
 * FieldImage}). The gas has no outer edge: its emissivity falls faster than r^-5. Noise, background
 * and a point-spread function are the telescope's ({@link Observing}), by default none.
 *
 * <p>Random numbers are keyed by (seed, purpose, cluster, attempt) and all powers and logarithms
 * are StrictMath's: the same options give the same bytes on any JVM and any number of threads.
 * (Random numbers are accepted or rejected with {@code Math.exp}, which may differ in the last bit
 * between processors: one decision in about 1e15.)
 */
public final class Simulator {
  static final String[] AXES = {"x", "y", "z"};
  private static final int MAX_ATTEMPTS = 10_000;

  /**
   * Options of a simulation.
   *
   * @param clusters number of clusters, at least 1
   * @param grid the images' size and scale
   * @param mix numbers of clusters of each core type
   * @param seed random seed
   * @param threads number of threads, at least 1
   * @param observing simulated observation
   * @param maps whether to write the exposure and background map of every image too
   */
  public record Options(
      int clusters,
      SkyGrid grid,
      ClassMix mix,
      long seed,
      int threads,
      ObservingRanges observing,
      boolean maps) {
    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if there is no cluster, or maps are wanted of images that
     *     are not counts
     */
    public Options {
      if (clusters < 1) {
        throw new IllegalArgumentException(
            "simulator: clusters=" + clusters + " must be at least 1");
      }
      if (maps && observing.counts().low() == 0) {
        throw new IllegalArgumentException(
            "simulator: maps of exposure and background need photons; set counts above 0");
      }
    }

    /**
     * Options of a simulation without a telescope.
     *
     * @param clusters number of clusters, at least 1
     * @param grid the images' size and scale
     * @param mix numbers of clusters of each core type
     * @param seed random seed
     * @param threads number of threads, at least 1
     */
    public Options(int clusters, SkyGrid grid, ClassMix mix, long seed, int threads) {
      this(clusters, grid, mix, seed, threads, ObservingRanges.NONE, false);
    }
  }

  private Simulator() {}

  /**
   * Simulates and writes a dataset of the default population.
   *
   * @param out the dataset folder to write; must not exist or must be empty
   * @param options options of the simulation
   * @param progress called after each cluster
   * @return the new catalogue
   * @throws DataException if the folder is not empty or cannot be written
   */
  public static List<CatalogEntry> run(Path out, Options options, BatchProgress progress) {
    return run(out, ClusterPopulation.standard(), options, progress);
  }

  /**
   * Simulates and writes a dataset.
   *
   * @param out the dataset folder to write; must not exist or must be empty
   * @param population the population of clusters
   * @param options options of the simulation
   * @param progress called after each cluster
   * @return the new catalogue
   * @throws DataException if the folder is not empty or cannot be written, or the population has no
   *     cluster of a type in the mix
   */
  public static List<CatalogEntry> run(
      Path out, ClusterPopulation population, Options options, BatchProgress progress) {
    List<Optional<CoreType>> types = options.mix().assign(options.clusters(), options.seed());
    SimulatedCluster.Draw draw = SimulatedCluster.Draw.of(population);
    ObservationMaps maps = new ObservationMaps(options);
    return DatasetFolder.write(
        out,
        options.clusters(),
        options.threads(),
        progress,
        new DatasetFolder.ClusterWriter() {
          @Override
          public List<CatalogEntry> write(Path folder, int i) {
            SimulatedCluster cluster = draw(draw, options.seed(), i, types.get(i));
            return Simulator.write(folder, i, cluster, options, maps);
          }

          @Override
          public void finish(Path folder) {
            maps.writeTable(folder);
          }
        });
  }

  /**
   * The cluster at an index of a dataset.
   *
   * @param draw draws from the population
   * @param seed seed of the dataset
   * @param index number of the cluster
   * @param type wanted core type, if any
   * @return the first draw of the type
   * @throws DataException if none of ten thousand draws is of the type
   */
  static SimulatedCluster draw(
      SimulatedCluster.Draw draw, long seed, int index, Optional<CoreType> type) {
    if (type.isEmpty()) {
      return draw.cluster(seed, index, 0);
    }
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<SimulatedCluster> cluster = draw.candidate(seed, index, attempt, type.get());
      if (cluster.isPresent() && cluster.get().coreType() == type.get()) {
        return cluster.get();
      }
    }
    throw new DataException(
        "simulator: none of %d draws has type=%s; choose the native mix or another population"
            .formatted(MAX_ATTEMPTS, type.get()));
  }

  private static List<CatalogEntry> write(
      Path folder, int index, SimulatedCluster cluster, Options options, ObservationMaps maps) {
    SkyGrid grid = options.grid();
    GasField field = cluster.field();
    @Nullable NestedGrid samples =
        field.isUndisturbed() ? null : NestedGrid.sample(field, grid.size(), grid.pixel());
    Image[] images = FieldImage.along(field, samples, grid);
    String id = "sim%05d".formatted(index);
    List<CatalogEntry> entries = new ArrayList<>();
    for (int axis = 0; axis < AXES.length; axis++) {
      String file = DatasetFolder.IMAGES + "/" + id + "_" + AXES[axis] + ".fits";
      CounterRandom photons = new CounterRandom(options.seed(), "photons", index, axis);
      Observing observing = options.observing().draw(options.seed(), index, axis);
      FitsFile.write(
          folder.resolve(file),
          observing.observe(images[axis], grid.pixel(), photons),
          SimulationHeader.cards(id, cluster, axis, observing, options));
      CatalogEntry entry =
          new CatalogEntry(
              id, AXES[axis], file, OptionalDouble.of(cluster.centralCoolingTime()), null);
      entries.add(entry);
      maps.write(folder, entry, cluster.r500(), observing);
    }
    return entries;
  }
}
