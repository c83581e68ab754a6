package org.clusternet.data.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.Image;
import org.clusternet.data.io.CsvFile;
import org.clusternet.data.projection.SkyHeader;

/**
 * The exposure and background maps of a simulated dataset, and the table with which {@code
 * import-images} subtracts and divides by them: exact maps, so that what a reduction costs can be
 * told from what a wrong map costs. Does nothing unless maps are asked for.
 */
final class ObservationMaps {
  /** The folder of the maps within the dataset folder. */
  static final String FOLDER = "maps";

  /** The table for {@code import-images} within the dataset folder. */
  static final String TABLE = "observations.csv";

  private static final List<String> COLUMNS =
      List.of(
          "cluster_id",
          "projection",
          "file",
          "t_cool_gyr",
          "label",
          "kpc_per_pixel",
          "r500_kpc",
          "exposure",
          "background");

  private final Simulator.Options options;
  private final ConcurrentSkipListMap<String, List<String>> rows = new ConcurrentSkipListMap<>();

  ObservationMaps(Simulator.Options options) {
    this.options = options;
  }

  /** Writes the maps of an image, where they are not trivial; called by several threads. */
  void write(Path folder, CatalogEntry entry, double r500, Observing observing) {
    if (!options.maps()) {
      return;
    }
    String name = FOLDER + "/" + entry.clusterId() + "_" + entry.projection();
    int size = options.grid().size();
    String exposure = "";
    if (observing.isVignetted()) {
      exposure = name + "_exposure.fits.gz";
      write(folder.resolve(exposure), observing.exposure(size, size), "");
    }
    String background = "";
    if (observing.background() > 0) {
      background = name + "_background.fits.gz";
      write(folder.resolve(background), observing.backgroundMap(size, size), "count");
    }
    rows.put(
        entry.file(),
        List.of(
            entry.clusterId(),
            entry.projection(),
            entry.file(),
            Double.toString(entry.tCoolGyr().orElseThrow()),
            entry.label().name(),
            Double.toString(options.grid().pixel()),
            Double.toString(r500),
            exposure,
            background));
  }

  private void write(Path file, Image map, String unit) {
    try {
      Files.createDirectories(file.resolveSibling(""));
    } catch (IOException e) {
      throw new DataException(file + ": cannot be written: " + e, e);
    }
    List<FitsFile.Card> cards = SkyHeader.linear(options.grid());
    cards.removeIf(card -> card.key().equals("BUNIT"));
    if (!unit.isEmpty()) {
      cards.add(0, new FitsFile.Card("BUNIT", unit, "photons per pixel"));
    }
    FitsFile.write(file, map, cards);
  }

  /** Writes the table when all maps are written. */
  void writeTable(Path folder) {
    if (options.maps()) {
      CsvFile.write(folder.resolve(TABLE), COLUMNS, List.copyOf(rows.values()));
    }
  }
}
