package org.clusternet.data.observation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.batch.Failures;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.dataset.DatasetFolder;
import org.clusternet.data.dataset.Duplicates;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.dataset.UsableClusters;
import org.clusternet.data.event.EventSelection;
import org.clusternet.data.image.FitsFile;
import org.clusternet.data.image.FitsFile.Card;
import org.clusternet.data.io.AtomicFolder;
import org.clusternet.data.io.CsvFile;

/**
 * Converts a table of observed images to a dataset folder: each image is reduced ({@link Reduced})
 * and written as FITS, with a catalogue that lists them.
 *
 * <pre>
 * cluster_id,file,label,exposure,background,redshift,ra,dec
 * A1795,a1795_counts.fits,CC,a1795_exp.fits,a1795_bkg.fits,0.0625,207.2188,26.5930
 * </pre>
 *
 * <p>The columns {@code cluster_id}, {@code file} and one of {@code label} and {@code t_cool_gyr}
 * are required; {@code projection} (default {@value #PROJECTION}) and the other columns of {@link
 * ObservationRow} are optional. Rows of one {@code source} are added. A row that is wrong refuses
 * the table; an image that cannot be used, or covers less than {@link Coverage#LEAST} of the part
 * that was asked for, is left out and listed.
 */
public final class ImageImporter {
  /** The projection of rows without one. */
  public static final String PROJECTION = "sky";

  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9+._-]");
  private static final int NAME_LIMIT = 60;

  /**
   * Options of an import.
   *
   * @param framing wanted part and pixels of every image; ra and dec of a row replace its centre
   * @param backgroundScale factor by which every background is multiplied
   * @param minExposure share of the greatest exposure below which a pixel counts as not exposed
   * @param threads number of threads, at least 1
   * @param events which events of event lists are counted
   * @param detect significance above which point sources are detected; empty for no detection
   * @param allowDuplicates whether clusters that {@link Duplicates} takes for one by their
   *     identifiers or places are imported all the same
   */
  public record Options(
      Framing framing,
      double backgroundScale,
      double minExposure,
      int threads,
      EventSelection events,
      OptionalDouble detect,
      boolean allowDuplicates) {
    /**
     * Options without a detection of sources and without duplicates.
     *
     * @param framing wanted part and pixels of every image
     * @param backgroundScale factor by which every background is multiplied
     * @param minExposure share of the greatest exposure below which a pixel counts as not exposed
     * @param threads number of threads, at least 1
     * @param events which events of event lists are counted
     */
    public Options(
        Framing framing,
        double backgroundScale,
        double minExposure,
        int threads,
        EventSelection events) {
      this(framing, backgroundScale, minExposure, threads, events, OptionalDouble.empty(), false);
    }
  }

  /**
   * The result of an import.
   *
   * @param entries the catalogue of the new dataset
   * @param nonFinite number of pixels without a value in all observations
   * @param unexposed number of pixels without exposure in all observations
   * @param notes lines on single images, in the table's order: which one of several was taken, how
   *     much of the field it covers
   * @param failures images that could not be used
   */
  public record Result(
      List<CatalogEntry> entries,
      long nonFinite,
      long unexposed,
      List<String> notes,
      List<UsableClusters.Failure> failures) {
    /** Copies the lists. */
    public Result {
      entries = List.copyOf(entries);
      notes = List.copyOf(notes);
      failures = List.copyOf(failures);
    }
  }

  /** A row of the table. */
  private record Item(ObservationRow row, CatalogEntry entry, String source) {
    Duplicates.Source duplicate() {
      return new Duplicates.Source(
          entry.clusterId(),
          row.place().map(place -> new double[] {place.ra(), place.dec()}),
          OptionalLong.empty());
    }
  }

  private final List<Item> items;
  private final Options options;
  private final long[] nonFinite;
  private final long[] unexposed;
  private final List<List<String>> notes;

  private ImageImporter(List<Item> items, Options options) {
    this.items = items;
    this.options = options;
    nonFinite = new long[items.size()];
    unexposed = new long[items.size()];
    notes = items.stream().<List<String>>map(i -> new ArrayList<>()).toList();
  }

  /**
   * Imports a table of images.
   *
   * @param table the CSV table
   * @param out the dataset folder to write; must not exist or must be empty
   * @param options options of the import
   * @param progress called after each image
   * @return the new catalogue, the numbers of missing pixels, and what could not be used
   * @throws DataException if the table or none of the images can be used, or the folder is not
   *     empty or cannot be written
   */
  public static Result run(Path table, Path out, Options options, BatchProgress progress) {
    AtomicFolder.requireFree(out);
    ImageImporter importer = new ImageImporter(read(table, options), options);
    UsableClusters.Outcome outcome =
        UsableClusters.write(
            out,
            importer.items.stream()
                .map(i -> new UsableClusters.Source(i.entry().clusterId(), i.source()))
                .toList(),
            options.threads(),
            progress,
            importer::make);
    return new Result(
        outcome.entries(),
        sum(importer.nonFinite),
        sum(importer.unexposed),
        importer.notes.stream().flatMap(List::stream).toList(),
        outcome.failures());
  }

  private UsableClusters.Images make(int index) {
    Item item = items.get(index);
    String file = item.row().files().image().toString();
    List<String> lines = notes.get(index);
    Observation observation =
        Observation.read(
            item.row()
                .files()
                .exposedFrom(options.minExposure())
                .counting(options.events())
                .detecting(options.detect()),
            note -> lines.add(file + ": " + note));
    Framing framing = options.framing().around(item.row().place());
    Reduced reduced = Reduced.of(observation, framing, item.entry().scale());
    if (framing.size().isPresent()) {
      Coverage coverage = Coverage.of(reduced.image());
      coverage.require(file, "%1$d x %1$d pixels".formatted(framing.size().getAsInt()));
      coverage.warning().ifPresent(w -> lines.add(file + ": " + w));
    }
    List<Card> cards = reduced.cards();
    cards.add(new Card("OBJECT", safe(item.entry().clusterId()), ""));
    cards.add(new Card("SRCFILE", safe(item.source()), "made from"));
    nonFinite[index] = observation.nonFinite();
    unexposed[index] = observation.unexposed();
    return folder -> {
      FitsFile.write(folder.resolve(item.entry().file()), reduced.image(), cards);
      return List.of(scaled(item.entry(), reduced.scale()));
    };
  }

  private static long sum(long[] values) {
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return sum;
  }

  private static CatalogEntry scaled(CatalogEntry entry, ImageScale scale) {
    return new CatalogEntry(
        entry.clusterId(),
        entry.projection(),
        entry.file(),
        entry.tCoolGyr(),
        entry.label(),
        scale);
  }

  private static List<Item> read(Path table, Options options) {
    List<CsvFile.Row> rows = CsvFile.read(table, "cluster_id", "file");
    if (rows.isEmpty()) {
      throw new DataException(table + ": has no rows; every image needs a row");
    }
    List<Item> items = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<List<String>> projections = new HashSet<>();
    for (SourceRows source : SourceRows.of(rows)) {
      try {
        Item item = item(table, source, options, names);
        if (!projections.add(List.of(item.entry().clusterId(), item.entry().projection()))) {
          throw new IllegalArgumentException(
              "cluster_id="
                  + item.entry().clusterId()
                  + " projection="
                  + item.entry().projection()
                  + " is a duplicate; give every image of a cluster another projection, or"
                  + " exposures that are to be added the same source");
        }
        items.add(item);
      } catch (IllegalArgumentException e) {
        errors.add(source.first().error(e).getMessage());
      }
    }
    if (!errors.isEmpty()) {
      throw new DataException(Failures.join(errors, " rows"));
    }
    if (!options.allowDuplicates()) {
      Duplicates.refuse(table.toString(), items.stream().map(Item::duplicate).toList());
    }
    return items;
  }

  private static Item item(Path table, SourceRows row, Options options, Set<String> names) {
    ObservationRow read = ObservationRow.of(table, row, options.backgroundScale());
    String projection = row.get("projection").isEmpty() ? PROJECTION : row.get("projection");
    String label = row.get("label");
    String plain = safe(row.get("cluster_id")) + "_" + safe(projection);
    String name = plain;
    for (int n = 2; !names.add(name.toLowerCase(Locale.ROOT)); n++) {
      name = plain + "-" + n;
    }
    CatalogEntry entry =
        new CatalogEntry(
            row.get("cluster_id"),
            projection,
            DatasetFolder.IMAGES + "/" + name + ".fits",
            ObservationRow.number(row, "t_cool_gyr"),
            label.isEmpty() ? null : CoreType.parse(label),
            read.scale());
    return new Item(read, entry, row.first().get("file"));
  }

  private static String safe(String name) {
    String safe = UNSAFE.matcher(name).replaceAll("_");
    return safe.substring(0, Math.min(safe.length(), NAME_LIMIT));
  }
}
