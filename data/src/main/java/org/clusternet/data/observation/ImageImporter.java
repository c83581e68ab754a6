package org.clusternet.data.observation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.batch.BatchProgress;
import org.clusternet.data.dataset.CatalogEntry;
import org.clusternet.data.dataset.DatasetFolder;
import org.clusternet.data.dataset.ImageScale;
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
 * are required; {@code projection} (default {@value #PROJECTION}), {@code exposure}, {@code
 * background}, {@code redshift}, {@code ra} with {@code dec}, {@code kpc_per_pixel} and {@code
 * r500_kpc} are optional. Files are relative to the table's folder.
 */
public final class ImageImporter {
  /** The projection of rows without one. */
  public static final String PROJECTION = "sky";

  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9+._-]");
  private static final int NAME_LIMIT = 60;
  private static final int NAMED = 3;

  /**
   * Options of an import.
   *
   * @param framing wanted part and pixels of every image; ra and dec of a row replace its centre
   * @param backgroundScale factor by which every background is multiplied
   * @param threads number of threads, at least 1
   */
  public record Options(Framing framing, double backgroundScale, int threads) {}

  /**
   * The result of an import.
   *
   * @param entries the catalogue of the new dataset
   * @param nonFinite number of pixels without a value in all observations
   * @param unexposed number of pixels without exposure in all observations
   * @param notes lines on images that were taken from files with several, in the table's order
   */
  public record Result(
      List<CatalogEntry> entries, long nonFinite, long unexposed, List<String> notes) {
    /** Copies the lists. */
    public Result {
      entries = List.copyOf(entries);
      notes = List.copyOf(notes);
    }
  }

  /** A row of the table. */
  private record Item(
      Observation.Files files, CatalogEntry entry, Optional<SkyPlace> place, String source) {}

  private ImageImporter() {}

  /**
   * Imports a table of images.
   *
   * @param table the CSV table
   * @param out the dataset folder to write; must not exist or must be empty
   * @param options options of the import
   * @param progress called after each image
   * @return the new catalogue and the numbers of missing pixels
   * @throws DataException if the table or an image cannot be used, or the folder is not empty or
   *     cannot be written
   */
  public static Result run(Path table, Path out, Options options, BatchProgress progress) {
    AtomicFolder.requireFree(out);
    List<Item> items = read(table, options);
    long[] nonFinite = new long[items.size()];
    long[] unexposed = new long[items.size()];
    List<List<String>> notes = items.stream().<List<String>>map(i -> new ArrayList<>()).toList();
    List<CatalogEntry> entries =
        DatasetFolder.write(
            out,
            items.size(),
            options.threads(),
            progress,
            (folder, i) -> {
              Item item = items.get(i);
              Observation observation =
                  Observation.read(
                      item.files(), note -> notes.get(i).add(item.files().image() + ": " + note));
              Framing framing = options.framing().around(item.place());
              Reduced reduced = Reduced.of(observation, framing, item.entry().scale());
              List<Card> cards = reduced.cards();
              cards.add(new Card("OBJECT", safe(item.entry().clusterId()), ""));
              cards.add(new Card("SRCFILE", safe(item.source()), "made from"));
              FitsFile.write(folder.resolve(item.entry().file()), reduced.image(), cards);
              nonFinite[i] = observation.nonFinite();
              unexposed[i] = observation.unexposed();
              return List.of(scaled(item.entry(), reduced.scale()));
            });
    List<String> lines = notes.stream().flatMap(List::stream).toList();
    return new Result(entries, sum(nonFinite), sum(unexposed), lines);
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
    for (CsvFile.Row row : rows) {
      try {
        Item item = item(table, row, options, names);
        if (!projections.add(List.of(item.entry().clusterId(), item.entry().projection()))) {
          throw new IllegalArgumentException(
              "cluster_id="
                  + item.entry().clusterId()
                  + " projection="
                  + item.entry().projection()
                  + " is a duplicate; give every image of a cluster another projection");
        }
        items.add(item);
      } catch (IllegalArgumentException e) {
        errors.add(row.error(e).getMessage());
      }
    }
    if (!errors.isEmpty()) {
      throw new DataException(
          String.join(" | ", errors.subList(0, Math.min(NAMED, errors.size())))
              + (errors.size() > NAMED ? " | and " + (errors.size() - NAMED) + " more rows" : ""));
    }
    return items;
  }

  private static Item item(Path table, CsvFile.Row row, Options options, Set<String> names) {
    if (row.get("file").isEmpty()) {
      throw new IllegalArgumentException("file is empty; every row needs a value");
    }
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
            number(row, "t_cool_gyr"),
            label.isEmpty() ? null : CoreType.parse(label),
            new ImageScale(
                number(row, "kpc_per_pixel"), number(row, "r500_kpc"), number(row, "redshift")));
    OptionalDouble ra = number(row, "ra");
    OptionalDouble dec = number(row, "dec");
    if (ra.isPresent() != dec.isPresent()) {
      throw new IllegalArgumentException("only one of ra and dec is given; give both or neither");
    }
    Observation.Files files =
        new Observation.Files(
            table.resolveSibling(row.get("file")),
            sibling(table, row.get("exposure")),
            sibling(table, row.get("background")),
            options.backgroundScale());
    return new Item(
        files,
        entry,
        ra.isPresent()
            ? Optional.of(new SkyPlace(ra.getAsDouble(), dec.getAsDouble()))
            : Optional.empty(),
        row.get("file"));
  }

  private static Optional<Path> sibling(Path table, String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(table.resolveSibling(name));
  }

  private static OptionalDouble number(CsvFile.Row row, String column) {
    String text = row.get(column);
    try {
      return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          column + "=" + text + " is not a number; correct it or leave it empty", e);
    }
  }

  private static String safe(String name) {
    String safe = UNSAFE.matcher(name).replaceAll("_");
    return safe.substring(0, Math.min(safe.length(), NAME_LIMIT));
  }
}
