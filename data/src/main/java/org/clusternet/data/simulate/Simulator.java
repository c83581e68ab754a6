package org.clusternet.data.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.Progress;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.dataset.DatasetFolder;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.physics.EntropyProfile;
import org.clusternet.data.physics.PressureProfile;
import org.clusternet.data.projection.Ellipse;
import org.clusternet.data.projection.LineOfSight;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.projection.SkyHeader;

/**
 * Writes a dataset of simulated clusters: three images each, along x, y and z.
 *
 * <p>A cluster is a triaxial body of one radial profile, so its line-of-sight integral is tabulated
 * once ({@link LineOfSight}) and every pixel of every projection is a look-up at its elliptical
 * radius ({@link org.clusternet.data.projection.Ellipsoid}); this is exact, not an approximation.
 * The gas has no end: its emissivity falls faster than r^-5. Images hold no noise, background,
 * point-spread function, substructure or offset of the centre.
 *
 * <p>Random numbers are keyed by (seed, purpose, cluster, attempt) and all powers and logarithms
 * are StrictMath's: the same options give the same bytes on any JVM and any number of threads.
 */
public final class Simulator {
  private static final String[] AXES = {"x", "y", "z"};
  private static final int MAX_ATTEMPTS = 100_000;

  /**
   * What to simulate.
   *
   * @param clusters how many, at least 1
   * @param grid the images' size and scale
   * @param mix how many of each core type
   * @param seed any number
   * @param threads how many threads, at least 1
   */
  public record Options(int clusters, SkyGrid grid, ClassMix mix, long seed, int threads) {
    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if there is no cluster
     */
    public Options {
      if (clusters < 1) {
        throw new IllegalArgumentException(
            "simulator: clusters=" + clusters + " must be at least 1");
      }
    }

    /**
     * A dataset of images of 512 x 512 pixels of 4 kpc: 1.2 r500 of the median cluster to either
     * side, and of the scale of {@link org.clusternet.data.accept.AcceptImporter}'s, so that the
     * central crop of 256 pixels shows the same in both.
     *
     * @param clusters how many
     * @param seed any number
     * @return native mix, all processors
     */
    public static Options of(int clusters, long seed) {
      return new Options(
          clusters,
          new SkyGrid(512, 4),
          ClassMix.NATIVE,
          seed,
          Runtime.getRuntime().availableProcessors());
    }
  }

  private Simulator() {}

  /**
   * Simulates and writes a dataset of the default population.
   *
   * @param out the dataset folder to write; must not exist or be empty
   * @param options what to simulate
   * @param progress told after each cluster
   * @return the new catalogue
   * @throws DataException if the folder holds something or cannot be written
   */
  public static List<CatalogEntry> run(Path out, Options options, Progress progress) {
    return run(out, ClusterPopulation.standard(), options, progress);
  }

  /**
   * Simulates and writes a dataset.
   *
   * @param out the dataset folder to write; must not exist or be empty
   * @param population what to draw clusters from
   * @param options what to simulate
   * @param progress told after each cluster
   * @return the new catalogue
   * @throws DataException if the folder holds something or cannot be written, or the population has
   *     no cluster of a type that the mix asks for
   */
  public static List<CatalogEntry> run(
      Path out, ClusterPopulation population, Options options, Progress progress) {
    List<Optional<CoreType>> types = options.mix().assign(options.clusters(), options.seed());
    return DatasetFolder.write(
        out,
        options.clusters(),
        options.threads(),
        progress,
        (folder, i) ->
            write(folder, i, draw(population, options.seed(), i, types.get(i)), options));
  }

  /**
   * The cluster of a number in a dataset.
   *
   * @param population what to draw from
   * @param seed the dataset's seed
   * @param index the cluster's number
   * @param type the type that it is to have, if any
   * @return the first of the cluster's draws that is of the type
   * @throws DataException if a hundred thousand draws are not
   */
  static SimulatedCluster draw(
      ClusterPopulation population, long seed, int index, Optional<CoreType> type) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      SimulatedCluster cluster = SimulatedCluster.draw(population, seed, index, attempt);
      if (type.isEmpty() || cluster.coreType() == type.get()) {
        return cluster;
      }
    }
    throw new DataException(
        "simulator: none of %d draws is of type=%s; choose the native mix or another population"
            .formatted(MAX_ATTEMPTS, type.get()));
  }

  private static List<CatalogEntry> write(
      Path folder, int index, SimulatedCluster cluster, Options options) {
    Ellipse[] views = new Ellipse[AXES.length];
    double maxRadius = 0;
    for (int axis = 0; axis < AXES.length; axis++) {
      views[axis] = cluster.body().alongAxis(axis);
      maxRadius = Math.max(maxRadius, options.grid().maxRadius(views[axis]));
    }
    LineOfSight profile =
        new LineOfSight(cluster.gas()::emissivity, cluster.gas().coreRadius(), maxRadius);
    String id = "sim%05d".formatted(index);
    List<CatalogEntry> entries = new ArrayList<>();
    for (int axis = 0; axis < AXES.length; axis++) {
      String file = DatasetFolder.IMAGES + "/" + id + "_" + AXES[axis] + ".fits";
      FitsFile.write(
          folder.resolve(file),
          options.grid().draw(views[axis], profile),
          cards(id, cluster, AXES[axis], views[axis], options));
      entries.add(
          new CatalogEntry(
              id, AXES[axis], file, OptionalDouble.of(cluster.centralCoolingTime()), null));
    }
    return entries;
  }

  private static List<Card> cards(
      String id, SimulatedCluster cluster, String axis, Ellipse view, Options options) {
    EntropyProfile entropy = cluster.gas().entropy();
    PressureProfile pressure = cluster.gas().pressure();
    List<Card> cards = SkyHeader.linear(options.grid());
    cards.add(new Card("OBJECT", id, "simulated cluster"));
    cards.add(new Card("AXIS", axis, "line of sight"));
    cards.add(new Card("SEED", options.seed(), "of the dataset"));
    cards.add(new Card("TCOOL", cluster.centralCoolingTime(), "[Gyr] at 0.012 R500"));
    cards.add(new Card("M500", pressure.m500(), "[solMass]"));
    cards.add(new Card("R500", pressure.r500(), "[kpc]"));
    cards.add(new Card("K0", entropy.k0(), "[keV cm2] core entropy"));
    cards.add(new Card("K100", entropy.k100(), "[keV cm2] entropy at 100 kpc less K0"));
    cards.add(new Card("KALPHA", entropy.alpha(), "slope of the entropy"));
    cards.add(new Card("PRESSP0", pressure.shape().p0(), "pressure: normalisation"));
    cards.add(new Card("PRESSC", pressure.shape().c500(), "pressure: concentration c500"));
    cards.add(new Card("PRESSG", pressure.shape().gamma(), "pressure: inner slope"));
    cards.add(new Card("BOVERA", cluster.bOverA(), "middle to longest axis"));
    cards.add(new Card("COVERA", cluster.cOverA(), "shortest to longest axis"));
    cards.add(new Card("AXRATIO", view.axisRatio(), "of the projected ellipses"));
    return cards;
  }
}
