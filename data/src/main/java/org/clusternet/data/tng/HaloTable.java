package org.clusternet.data.tng;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.clusternet.data.DataException;
import org.clusternet.data.io.CsvFile;

/**
 * A table of haloes, since a cutout of the TNG API holds cells but not its halo's properties.
 *
 * <pre>
 * halo_id,GroupPos_x,GroupPos_y,GroupPos_z,Group_M_Crit500,Group_R_Crit500
 * 12,43718.8,48813.6,147594.0,61437.2,1192.6
 * </pre>
 *
 * <p>Values are those of the group catalogue, in its units. A row belongs to a cutout if its column
 * {@code file} is the file's name, with or without the extension; or, where that column is missing
 * or empty, if its {@code halo_id} is the number of the cutout: the header's CutoutID, or the
 * digits that the file's name ends with. The mass may be left out.
 */
final class HaloTable {
  private static final Pattern NUMBER = Pattern.compile("(\\d+)$");

  private final Path file;
  private final List<CsvFile.Row> rows;

  private HaloTable(Path file, List<CsvFile.Row> rows) {
    this.file = file;
    this.rows = rows;
  }

  /**
   * Reads a table.
   *
   * @throws DataException if it cannot be read, has no rows or lacks a column
   */
  static HaloTable read(Path file) {
    List<CsvFile.Row> rows =
        CsvFile.read(file, Halo.CENTRE + "_x", Halo.CENTRE + "_y", Halo.CENTRE + "_z", Halo.RADIUS);
    if (rows.isEmpty()) {
      throw new DataException(file + ": has no rows; every cutout needs a row");
    }
    if (!rows.get(0).has("halo_id") && !rows.get(0).has("file")) {
      throw new DataException(
          file + ":1: missing column=halo_id; the header has neither halo_id nor file");
    }
    return new HaloTable(file, rows);
  }

  /**
   * The halo of a cutout.
   *
   * @throws DataException if no row or more than one belongs to the cutout, or a value is not a
   *     number
   */
  Halo find(CutoutFile cutout) {
    String name = cutout.path().getFileName().toString();
    OptionalLong number = number(cutout);
    List<CsvFile.Row> found = rows.stream().filter(row -> isOf(row, name, number)).toList();
    if (found.size() == 1) {
      return halo(found.get(0));
    }
    String looked =
        "file=" + name + (number.isPresent() ? " or halo_id=" + number.getAsLong() : "");
    if (found.isEmpty()) {
      throw new DataException(
          "%s: has no row for %s; add one, with the file's name in a column file if the number is not the halo's"
              .formatted(file, looked));
    }
    throw found.get(1).error("is a second row for " + looked + "; keep one");
  }

  private static OptionalLong number(CutoutFile cutout) {
    SnapshotHeader header = cutout.header();
    if (header.cutout().isPresent()) {
      return header.ofSubhalo() ? OptionalLong.empty() : header.cutout();
    }
    Matcher matcher = NUMBER.matcher(stem(cutout.path().getFileName().toString()));
    return matcher.find() && matcher.group(1).length() < 18
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /** A file's name without its extension. */
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static boolean isOf(CsvFile.Row row, String name, OptionalLong number) {
    String file = row.get("file");
    if (!file.isEmpty()) {
      return file.equals(name) || file.equals(stem(name));
    }
    OptionalLong id = id(row);
    return id.isPresent() && id.equals(number);
  }

  private static OptionalLong id(CsvFile.Row row) {
    String text = row.get("halo_id");
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw row.error("halo_id=" + text + " is not a whole number; give the one of the catalogue");
    }
  }

  private static Halo halo(CsvFile.Row row) {
    return new Halo(
        id(row),
        number(row, Halo.CENTRE + "_x"),
        number(row, Halo.CENTRE + "_y"),
        number(row, Halo.CENTRE + "_z"),
        number(row, Halo.RADIUS),
        row.get(Halo.MASS).isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(number(row, Halo.MASS)));
  }

  private static double number(CsvFile.Row row, String column) {
    try {
      return Double.parseDouble(row.get(column));
    } catch (NumberFormatException e) {
      throw row.error(
          column + "=" + row.get(column) + " is not a number; give the one of the catalogue");
    }
  }
}
