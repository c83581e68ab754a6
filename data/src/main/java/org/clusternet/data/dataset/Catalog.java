package org.clusternet.data.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.clusternet.data.CoreType;
import org.clusternet.data.DataException;
import org.clusternet.data.image.ImageFile;
import org.clusternet.data.io.CsvFile;

/**
 * The catalogue of a dataset folder, {@code catalog.csv}: one row per image.
 *
 * <pre>
 * cluster_id,projection,file,t_cool_gyr,label
 * A85,sky,images/A85.fits,0.51,CC
 * </pre>
 *
 * <p>Either {@code t_cool_gyr} or {@code label} may be missing, as a column or in a row, but not
 * both. A label that contradicts the cooling time is an error, because it is not known which of
 * them is right. The optional columns {@code kpc_per_pixel}, {@code r500_kpc} and {@code redshift}
 * give the physical size of image and cluster ({@link ImageScale}). Files lie within the folder, so
 * that a dataset can be moved as a whole. Entries are sorted by cluster and projection: the same
 * catalogue with its rows in another order gives the same folds, batches and results.
 *
 * @param folder the dataset folder
 * @param entries the images, sorted by cluster_id, then by projection
 */
public record Catalog(Path folder, List<CatalogEntry> entries) {
  /** The catalogue's file name within a dataset folder. */
  public static final String FILE_NAME = "catalog.csv";

  private static final List<String> COLUMNS =
      List.of("cluster_id", "projection", "file", "t_cool_gyr", "label");
  private static final List<String> SCALE_COLUMNS =
      List.of("kpc_per_pixel", "r500_kpc", "redshift");
  private static final Comparator<CatalogEntry> ORDER =
      Comparator.comparing(CatalogEntry::clusterId).thenComparing(CatalogEntry::projection);
  private static final int NAMED = 3;

  /** Sorts the entries. */
  public Catalog {
    entries = entries.stream().sorted(ORDER).toList();
  }

  /**
   * Reads and checks the catalogue of a dataset folder.
   *
   * @param folder the dataset folder
   * @return the catalogue, at least one entry
   * @throws DataException if the folder or the catalogue is missing, a column is missing, there is
   *     no row, a row is invalid (the first is named by its line, the others are counted), two rows
   *     share (cluster_id, projection) or a file, a file lies outside the folder or does not exist
   */
  public static Catalog read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder + ": is not a folder; name a dataset folder that contains " + FILE_NAME);
    }
    Path file = folder.resolve(FILE_NAME);
    List<CsvFile.Row> rows = CsvFile.read(file, "cluster_id", "projection", "file");
    if (!rows.isEmpty() && !rows.get(0).has("t_cool_gyr") && !rows.get(0).has("label")) {
      throw new DataException(
          file + ":1: missing column=label; the header has neither t_cool_gyr nor label");
    }
    if (rows.isEmpty()) {
      throw new DataException(file + ": has no rows; every image of the folder needs a row");
    }
    Checker checker = new Checker(folder);
    List<CatalogEntry> entries = new ArrayList<>(rows.size());
    List<String> errors = new ArrayList<>();
    for (CsvFile.Row row : rows) {
      try {
        CatalogEntry entry = entry(row);
        checker.check(entry, "line " + row.line());
        entries.add(entry);
      } catch (IllegalArgumentException e) {
        errors.add(row.error(e).getMessage());
      }
    }
    if (!errors.isEmpty()) {
      throw new DataException(
          errors.get(0)
              + (errors.size() > 1 ? " (and " + (errors.size() - 1) + " more rows)" : ""));
    }
    requireFiles(folder, entries);
    return new Catalog(folder, entries);
  }

  /**
   * Writes the catalogue of a dataset folder, completely or not at all, with the optional columns
   * if any entry has a value for one. Write it after the images, so that an interrupted program
   * leaves no catalogue of images that do not exist.
   *
   * @param folder the dataset folder, which must exist
   * @param entries the images, at least one, in any order
   * @throws DataException if there are none, two share (cluster_id, projection) or a file, a file
   *     lies outside the folder, or the catalogue cannot be written
   */
  public static void write(Path folder, List<CatalogEntry> entries) {
    Path file = folder.resolve(FILE_NAME);
    if (entries.isEmpty()) {
      throw new DataException(file + ": cannot be written without entries");
    }
    boolean scaled = entries.stream().anyMatch(e -> !e.scale().equals(ImageScale.UNKNOWN));
    Checker checker = new Checker(folder);
    List<List<String>> rows = new ArrayList<>(entries.size());
    for (CatalogEntry e : new Catalog(folder, entries).entries()) {
      try {
        checker.check(e, e.clusterId() + " " + e.projection());
      } catch (IllegalArgumentException wrong) {
        throw new DataException(file + ": " + wrong.getMessage(), wrong);
      }
      List<String> row = new ArrayList<>();
      row.addAll(List.of(e.clusterId(), e.projection(), e.file()));
      row.addAll(List.of(text(e.tCoolGyr()), e.label().name()));
      if (scaled) {
        row.add(text(e.scale().kpcPerPixel()));
        row.add(text(e.scale().r500()));
        row.add(text(e.scale().redshift()));
      }
      rows.add(row);
    }
    List<String> columns = new ArrayList<>(COLUMNS);
    if (scaled) {
      columns.addAll(SCALE_COLUMNS);
    }
    CsvFile.write(file, columns, rows);
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  /**
   * Path of an entry's image.
   *
   * @param entry an entry of this catalogue
   * @return the folder joined with the entry's file
   */
  public Path path(CatalogEntry entry) {
    return folder.resolve(entry.file());
  }

  private static CatalogEntry entry(CsvFile.Row row) {
    String label = row.get("label");
    return new CatalogEntry(
        row.get("cluster_id"),
        row.get("projection"),
        row.get("file"),
        number(row, "t_cool_gyr", "Gyr"),
        label.isEmpty() ? null : CoreType.parse(label),
        new ImageScale(
            number(row, "kpc_per_pixel", "kpc"),
            number(row, "r500_kpc", "kpc"),
            number(row, "redshift", "z")));
  }

  private static OptionalDouble number(CsvFile.Row row, String column, String unit) {
    String text = row.get(column);
    try {
      return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          column + "=" + text + " is not a number; give " + unit + " or leave it empty", e);
    }
  }

  private static void requireFiles(Path folder, List<CatalogEntry> entries) {
    List<String> missing =
        entries.stream()
            .map(CatalogEntry::file)
            .filter(f -> !Files.isRegularFile(ImageFile.fileOf(folder.resolve(f))))
            .toList();
    if (!missing.isEmpty()) {
      throw new DataException(
          folder.resolve(FILE_NAME)
              + ": missing files="
              + missing.size()
              + " of "
              + entries.size()
              + ": "
              + String.join(", ", missing.subList(0, Math.min(NAMED, missing.size())))
              + (missing.size() > NAMED ? ", ..." : "")
              + "; put them into the folder or remove their rows");
    }
  }

  /** Checks that no two rows share a key or a file, and that files lie within the folder. */
  private static final class Checker {
    private final Path root;
    private final Map<List<String>, String> projections = new HashMap<>();
    private final Map<Path, String> files = new HashMap<>();

    Checker(Path folder) {
      root = folder.toAbsolutePath().normalize();
    }

    void check(CatalogEntry entry, String where) {
      String first = projections.putIfAbsent(List.of(entry.clusterId(), entry.projection()), where);
      if (first != null) {
        throw new IllegalArgumentException(
            "cluster_id="
                + entry.clusterId()
                + " projection="
                + entry.projection()
                + " is the same as in "
                + first
                + "; give every image of a cluster another projection");
      }
      Path path = root.resolve(entry.file()).normalize();
      if (Path.of(entry.file()).isAbsolute() || !path.startsWith(root) || path.equals(root)) {
        throw new IllegalArgumentException(
            "file="
                + entry.file()
                + " is not within the dataset folder; give a path relative to"
                + " the folder, inside it");
      }
      first = files.putIfAbsent(path, where);
      if (first != null) {
        throw new IllegalArgumentException(
            "file="
                + entry.file()
                + " is already used by "
                + first
                + "; give every row another image");
      }
    }
  }
}
