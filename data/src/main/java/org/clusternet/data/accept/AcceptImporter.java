package org.clusternet.data.accept;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.dataset.DatasetFolder;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.io.AtomicFolder;
import org.clusternet.data.physics.Cosmology;
import org.clusternet.data.projection.Ellipse;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.projection.SkyHeader;

/**
 * Converts ACCEPT's table of profiles to a dataset folder of real clusters: an image of each
 * ({@link ShellEmission}), labelled by its measured central cooling time ({@link
 * AcceptCluster#centralCoolingTime}).
 *
 * <p>The profiles are spherical, so a cluster has one projection, {@value #PROJECTION}. The default
 * grid, 256 pixels of 4 kpc, spans 1 Mpc: half of it is the median outermost radius of the archive,
 * and 0.012 r500 is 4 pixels from the centre. Images are free of noise, background and point-spread
 * function; their scatter is that of the measured densities.
 */
public final class AcceptImporter {
  /** The only projection of a spherical profile. */
  public static final String PROJECTION = "los";

  /**
   * MS 1455.0+2232 is in the table twice, the second time as number 7160 of Zwicky's catalogue.
   * They stay two images (two reductions), but of one cluster, so that folds keep them together.
   */
  private static final Map<String, String> OTHER_NAMES = Map.of("ZWCL_7160", "MS_1455.0+2232");

  /** Fits into a FITS card and any file system. */
  private static final int NAME_LIMIT = 60;

  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9+._-]");

  /**
   * Options of an import.
   *
   * @param grid the images' size and scale
   * @param catalog ACCEPT's table of global properties, for sky coordinates; optional
   * @param threads number of threads, at least 1
   */
  public record Options(SkyGrid grid, Optional<Path> catalog, int threads) {
    /** 256 x 256 pixels of 4 kpc, no catalogue, all processors. */
    public static Options defaults() {
      return new Options(
          new SkyGrid(256, 4), Optional.empty(), Runtime.getRuntime().availableProcessors());
    }
  }

  /**
   * The result of an import.
   *
   * @param entries the catalogue of the new dataset
   * @param problems rows and clusters that were skipped or are incomplete
   */
  public record Result(List<CatalogEntry> entries, List<Problem> problems) {
    /** Copies the lists. */
    public Result {
      entries = List.copyOf(entries);
      problems = List.copyOf(problems);
    }
  }

  private AcceptImporter() {}

  /**
   * Imports a table of profiles.
   *
   * @param profiles ACCEPT's main table
   * @param out the dataset folder to write; must not exist or must be empty
   * @param options grid, catalogue, threads
   * @param progress called after each cluster
   * @return the new catalogue, and the problems found
   * @throws org.clusternet.data.DataException if the table or the catalogue cannot be read, the
   *     table has no usable cluster, or the folder is not empty or cannot be written
   */
  public static Result run(Path profiles, Path out, Options options, BatchProgress progress) {
    AtomicFolder.requireFree(out);
    List<Problem> problems = new ArrayList<>();
    List<AcceptCluster> clusters = AcceptProfiles.read(profiles, problems);
    Map<String, AcceptCatalog.Entry> places =
        options.catalog().isPresent()
            ? AcceptCatalog.find(options.catalog().get(), clusters, problems)
            : Map.of();
    List<String> files = fileNames(clusters);
    List<CatalogEntry> entries =
        DatasetFolder.write(
            out,
            clusters.size(),
            options.threads(),
            progress,
            (folder, i) -> {
              AcceptCluster cluster = clusters.get(i);
              Optional<AcceptCatalog.Entry> place = Optional.ofNullable(places.get(cluster.name()));
              FitsFile.write(
                  folder.resolve(files.get(i)),
                  options.grid().draw(Ellipse.CIRCLE, new ShellEmission(cluster)),
                  cards(cluster, options.grid(), place));
              return List.of(entry(cluster, files.get(i)));
            });
    return new Result(entries, problems);
  }

  private static CatalogEntry entry(AcceptCluster cluster, String file) {
    String other = OTHER_NAMES.get(cluster.name());
    return new CatalogEntry(
        other == null ? cluster.name() : other,
        other == null ? PROJECTION : PROJECTION + "-" + cluster.name(),
        file,
        OptionalDouble.of(cluster.centralCoolingTime()),
        null);
  }

  private static List<String> fileNames(List<AcceptCluster> clusters) {
    Set<String> used = new HashSet<>();
    List<String> files = new ArrayList<>();
    for (AcceptCluster cluster : clusters) {
      String plain = plainName(cluster);
      String name = plain;
      for (int n = 2; !used.add(name.toLowerCase(Locale.ROOT)); n++) {
        name = plain + "-" + n;
      }
      files.add(DatasetFolder.IMAGES + "/" + name + ".fits");
    }
    return files;
  }

  private static String plainName(AcceptCluster cluster) {
    String safe = UNSAFE.matcher(cluster.name()).replaceAll("_");
    return safe.substring(0, Math.min(safe.length(), NAME_LIMIT));
  }

  private static List<Card> cards(
      AcceptCluster cluster, SkyGrid grid, Optional<AcceptCatalog.Entry> place) {
    List<Card> cards =
        place
            .map(
                p ->
                    SkyHeader.celestial(
                        grid, p.ra(), p.dec(), Cosmology.STANDARD.kpcPerArcsec(p.z())))
            .orElseGet(() -> SkyHeader.linear(grid));
    place.ifPresent(p -> cards.add(new Card("REDSHIFT", p.z(), "")));
    List<AcceptShell> shells = cluster.shells();
    cards.add(new Card("OBJECT", plainName(cluster), "name in ACCEPT"));
    cards.add(new Card("KT", cluster.meanTemperature(), "[keV] emission-weighted mean"));
    cards.add(new Card("R500", cluster.r500(), "[kpc] 1.3 Mpc (KT / 5 keV)^0.5"));
    cards.add(new Card("TCOOL", cluster.centralCoolingTime(), "[Gyr] at 0.012 R500"));
    cards.add(
        new Card("RLAST", shells.get(shells.size() - 1).outer(), "[kpc] beyond it extrapolated"));
    return cards;
  }
}
