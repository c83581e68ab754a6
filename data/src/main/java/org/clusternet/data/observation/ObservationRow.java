package org.clusternet.data.observation;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.io.CsvFile;
import org.clusternet.data.source.SourceRemoval;

/**
 * What a row of a table says about an observed image, or the rows of one source about images that
 * are added.
 *
 * <pre>
 * file,exposure,background,mask,redshift,kpc_per_pixel,r500_kpc,ra,dec
 * a1795_counts.fits,a1795_exp.fits,a1795_bkg.fits,a1795_sources.reg,0.0625,,,207.2188,26.5930
 * </pre>
 *
 * <p>All columns but the first are optional; files are relative to the table's folder. The mask is
 * a region file of point sources, which are removed. Rows with the same value in the column {@code
 * source} are exposures of one source ({@link SourceRows}).
 *
 * @param files the image and its maps
 * @param scale its scale as far as the table knows it
 * @param place the cluster's position
 */
public record ObservationRow(Observation.Files files, ImageScale scale, Optional<SkyPlace> place) {
  /**
   * Reads the rows of a source.
   *
   * @param table the table
   * @param rows its rows for one source
   * @param backgroundScale factor by which backgrounds are multiplied
   * @return what they say
   * @throws IllegalArgumentException if a value is invalid, a file is missing, or two rows
   *     disagree; the message names the column
   */
  public static ObservationRow of(Path table, SourceRows rows, double backgroundScale) {
    OptionalDouble ra = number(rows, "ra");
    OptionalDouble dec = number(rows, "dec");
    if (ra.isPresent() != dec.isPresent()) {
      throw new IllegalArgumentException("only one of ra and dec is given; give both or neither");
    }
    List<Observation.Files> files =
        rows.rows().stream().map(row -> files(table, row, backgroundScale)).toList();
    return new ObservationRow(
        files.get(0).with(files.subList(1, files.size())),
        new ImageScale(
            number(rows, "kpc_per_pixel"), number(rows, "r500_kpc"), number(rows, "redshift")),
        ra.isPresent()
            ? Optional.of(new SkyPlace(ra.getAsDouble(), dec.getAsDouble()))
            : Optional.empty());
  }

  /**
   * Reads a row that stands alone.
   *
   * @param table the table
   * @param row a row of it
   * @param backgroundScale factor by which the background is multiplied
   * @return what it says
   * @throws IllegalArgumentException if a value is invalid or the file is missing; the message
   *     names the column
   */
  public static ObservationRow of(Path table, CsvFile.Row row, double backgroundScale) {
    return of(table, new SourceRows("", List.of(row)), backgroundScale);
  }

  private static Observation.Files files(Path table, CsvFile.Row row, double backgroundScale) {
    return new Observation.Files(
            sibling(table, row.get("file"))
                .orElseThrow(
                    () -> new IllegalArgumentException("file is empty; every row needs a value")),
            sibling(table, row.get("exposure")),
            sibling(table, row.get("background")),
            backgroundScale)
        .removing(new SourceRemoval(sibling(table, row.get("mask")), OptionalDouble.empty()));
  }

  private static Optional<Path> sibling(Path table, String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(table.resolveSibling(name));
  }

  /**
   * A number in the rows of a source.
   *
   * @param rows the rows
   * @param column name of the column
   * @return empty if the cell is, or there is no such column
   * @throws IllegalArgumentException if it is not a number, or two rows disagree
   */
  static OptionalDouble number(SourceRows rows, String column) {
    String text = rows.get(column);
    try {
      return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          column + "=" + text + " is not a number; correct it or leave it empty", e);
    }
  }
}
