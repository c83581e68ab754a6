package org.clusternet.data.tng;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.dataset.DatasetFolder;
import org.clusternet.data.dataset.UsableClusters;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.io.AtomicFolder;
import org.clusternet.data.projection.CellDeposit;
import org.clusternet.data.projection.SkyGrid;
import org.clusternet.data.projection.SkyHeader;

/**
 * Converts halo cutouts of the IllustrisTNG simulations to a dataset folder: three images of each
 * halo, along x, y and z, labelled by its central cooling time.
 *
 * <p>Images contain the same quantity as the simulator's: the bolometric surface brightness per
 * area at the cluster, free of noise, background and point-spread function, all of the cutout's hot
 * gas along the line of sight. A halo is named after its file. Headers, shapes and halo properties
 * of all cutouts are checked before the first is drawn, so that the work ahead is known; a cutout
 * that cannot be used is left out and listed. Cutouts are drawn one after the other, each on all
 * threads ({@link CutoutProjection}), so that memory does not grow with their number.
 */
public final class TngProjector {
  private static final String[] AXES = {"x", "y", "z"};
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9+._-]");
  private static final int NAME_LIMIT = 60;

  /**
   * Options of a projection.
   *
   * @param grid the images' size and scale
   * @param halos table of the haloes' centres and radii; absent if the cutouts contain them
   * @param gas selection and emission of cells
   * @param threads number of threads, at least 1
   */
  public record Options(SkyGrid grid, Optional<Path> halos, GasOptions gas, int threads) {
    /** 1024 x 1024 pixels of 4 kpc, no table, all processors. */
    public static Options defaults() {
      return new Options(
          new SkyGrid(1024, 4),
          Optional.empty(),
          GasOptions.DEFAULT,
          Runtime.getRuntime().availableProcessors());
    }
  }

  /**
   * The result of a projection.
   *
   * @param entries the catalogue of the new dataset
   * @param notes remarks on single haloes, one line each
   * @param failures haloes that could not be projected
   */
  public record Result(
      List<CatalogEntry> entries, List<String> notes, List<UsableClusters.Failure> failures) {
    /** Copies the lists. */
    public Result {
      entries = List.copyOf(entries);
      notes = List.copyOf(notes);
      failures = List.copyOf(failures);
    }
  }

  private final List<Path> cutouts;
  private final List<String> names;
  private final Map<Integer, Halo> halos = new HashMap<>();
  private final Map<Integer, DataException> unusable = new HashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final Options options;
  private final BatchProgress progress;
  private int pieces;
  private int done;

  private TngProjector(List<Path> cutouts, Options options, BatchProgress progress) {
    this.cutouts = cutouts;
    this.options = options;
    this.progress = progress;
    names = names(cutouts);
  }

  /**
   * Projects cutouts.
   *
   * @param cutouts HDF5 files of different names, at least one
   * @param out the dataset folder to write; must not exist or must be empty
   * @param options options of the projection
   * @param progress called after each piece of 65,536 cells
   * @return the new catalogue, and what could not be projected
   * @throws DataException if none of the cutouts, or the table or the folder cannot be used, or two
   *     cutouts have the same name; nothing is written
   */
  public static Result run(List<Path> cutouts, Path out, Options options, BatchProgress progress) {
    AtomicFolder.requireFree(out);
    TngProjector projector = new TngProjector(cutouts, options, progress);
    projector.check();
    List<UsableClusters.Source> sources = new ArrayList<>();
    for (int i = 0; i < cutouts.size(); i++) {
      sources.add(new UsableClusters.Source(projector.names.get(i), cutouts.get(i).toString()));
    }
    UsableClusters.Outcome outcome =
        UsableClusters.write(out, sources, 1, BatchProgress.NONE, projector::make);
    return new Result(outcome.entries(), projector.notes, outcome.failures());
  }

  private static List<String> names(List<Path> cutouts) {
    if (cutouts.isEmpty()) {
      throw new IllegalArgumentException("TNG projection: cutouts=0; name at least one file");
    }
    Map<String, Path> used = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (Path cutout : cutouts) {
      String plain =
          UNSAFE.matcher(HaloTable.stem(cutout.getFileName().toString())).replaceAll("_");
      String name = plain.substring(0, Math.min(plain.length(), NAME_LIMIT));
      Path first = used.putIfAbsent(name.toLowerCase(Locale.ROOT), cutout);
      if (first != null) {
        throw new DataException(
            "%s: cluster_id=%s is also that of %s; a halo is named after its file, so rename one"
                .formatted(cutout, name, first));
      }
      names.add(name);
    }
    return names;
  }

  /** Opens every cutout, and counts the pieces of those that can be used. */
  private void check() {
    Optional<HaloTable> table = options.halos().map(HaloTable::read);
    long sum = 0;
    for (int i = 0; i < cutouts.size(); i++) {
      try (CutoutFile file = CutoutFile.open(cutouts.get(i))) {
        Halo halo = Halo.of(file, table);
        new CellReader(file, halo, options.gas());
        halos.put(i, halo);
        sum += CellReader.pieces(file.cells());
      } catch (DataException e) {
        unusable.put(i, e);
      }
    }
    pieces = Math.toIntExact(sum);
  }

  private UsableClusters.Images make(int index) {
    DataException known = unusable.get(index);
    if (known != null) {
      throw known;
    }
    try (CutoutFile file = CutoutFile.open(cutouts.get(index))) {
      Halo halo = Objects.requireNonNull(halos.get(index));
      CutoutProjection projection =
          new CutoutProjection(file, halo, options.gas(), options.grid(), options.threads());
      projection.run(() -> progress.update(++done, pieces));
      CentralGas core = projection.cells().core();
      double coolingTime = core.coolingTime(file.path());
      if (core.cells() == 0) {
        notes.add(
            "%s: no cell lies within 0.012 r500=%.2f kpc of the centre; labelled by the nearest one"
                .formatted(file.path(), core.radius()));
      }
      List<List<Card>> headers = new ArrayList<>();
      for (int axis = 0; axis < AXES.length; axis++) {
        List<Card> cards = SkyHeader.linear(options.grid());
        cards.add(new Card("OBJECT", names.get(index), "simulated halo"));
        cards.add(new Card("AXIS", AXES[axis], "line of sight"));
        cards.add(new Card("TCOOL", coolingTime, "[Gyr] luminosity-weighted, within 0.012 R500"));
        addHalo(cards, file.header(), halo);
        addGas(cards, projection.cells(), projection.view(axis));
        headers.add(cards);
      }
      return folder -> write(folder, names.get(index), coolingTime, projection, headers);
    }
  }

  private static List<CatalogEntry> write(
      Path folder,
      String name,
      double coolingTime,
      CutoutProjection projection,
      List<List<Card>> headers) {
    List<CatalogEntry> entries = new ArrayList<>();
    for (int axis = 0; axis < AXES.length; axis++) {
      String image = DatasetFolder.IMAGES + "/" + name + "_" + AXES[axis] + ".fits";
      FitsFile.write(folder.resolve(image), projection.view(axis).image(), headers.get(axis));
      entries.add(new CatalogEntry(name, AXES[axis], image, OptionalDouble.of(coolingTime), null));
    }
    return entries;
  }

  private static void addHalo(List<Card> cards, SnapshotHeader header, Halo halo) {
    CodeUnits units = header.units();
    halo.m500().ifPresent(m -> cards.add(new Card("M500", m * units.solarMasses(), "[solMass]")));
    cards.add(new Card("R500", halo.r500Kpc(units), "[kpc]"));
    header
        .simulation()
        .map(name -> UNSAFE.matcher(name).replaceAll("_"))
        .ifPresent(
            name ->
                cards.add(
                    new Card(
                        "SIMNAME",
                        name.substring(0, Math.min(name.length(), NAME_LIMIT)),
                        "simulation")));
    header.snapshot().ifPresent(n -> cards.add(new Card("SNAPNUM", n, "snapshot")));
    halo.id().ifPresent(n -> cards.add(new Card("HALOID", n, "number in the group catalogue")));
    cards.add(new Card("REDSHIFT", header.redshift(), "of the snapshot"));
  }

  private void addGas(List<Card> cards, CellReader cells, CellDeposit view) {
    boolean fixed = options.gas().metallicity() == GasOptions.Metallicity.FIXED;
    cards.add(new Card("LUMTOT", view.total(), "[erg/s] of all hot cells"));
    cards.add(new Card("LUMOUT", view.beyond(), "[erg/s] of it outside the image"));
    cards.add(new Card("NHOT", cells.hot(), "cells that shine"));
    cards.add(new Card("NSTAR", cells.starForming(), "cells dropped: star-forming"));
    cards.add(new Card("NCOLD", cells.cold(), "cells dropped: below TMIN"));
    cards.add(new Card("NCORE", cells.core().cells(), "cells of TCOOL, 0: the nearest one"));
    cards.add(new Card("TMIN", options.gas().leastTemperature(), "[K] least temperature"));
    cards.add(new Card("METALS", fixed ? "0.3 solar" : "cells", "in the cooling function"));
    cards.add(
        new Card(
            "KERNEL", CellDeposit.KERNEL_RADIUS, "spline's end in radii of the cell's sphere"));
  }
}
