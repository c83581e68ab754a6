package org.clusternet.predict;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.clusternet.data.DataException;
import org.clusternet.data.dataset.ImageScale;
import org.clusternet.data.io.CsvFile;
import org.clusternet.data.observation.Framing;
import org.clusternet.data.observation.Observation;
import org.clusternet.data.observation.ObservationRow;
import org.clusternet.data.observation.SourceRows;

/**
 * A table of images to classify: the column {@code file}, and where wanted {@code id} (or {@code
 * cluster_id}) and those of {@link ObservationRow}, so that the table of {@code import-images} is
 * one too; rows of one {@code source} are added and have one answer. A row with a wrong value costs
 * itself, as an image that cannot be read does.
 */
public final class InputCatalog {
  private InputCatalog() {}

  /**
   * Reads a table.
   *
   * @param table the CSV file; files in it are relative to its folder
   * @param framing the wanted pixels; a row's position replaces its centre
   * @param backgroundScale factor by which backgrounds are multiplied
   * @param asIs whether all images have the model's pixels
   * @param reading adds how all files are read
   * @return an image per row
   * @throws DataException if the table cannot be read, has no column {@code file} or no row
   */
  public static List<PredictionInput> read(
      Path table,
      Framing framing,
      double backgroundScale,
      boolean asIs,
      UnaryOperator<Observation.Files> reading) {
    List<CsvFile.Row> rows = CsvFile.read(table, "file");
    if (rows.isEmpty()) {
      throw new DataException(table + ": has no rows; every image needs a row");
    }
    return SourceRows.of(rows).stream()
        .map(row -> input(table, row, framing, backgroundScale, asIs, reading))
        .toList();
  }

  private static PredictionInput input(
      Path table,
      SourceRows row,
      Framing framing,
      double backgroundScale,
      boolean asIs,
      UnaryOperator<Observation.Files> reading) {
    String id = row.get("id").isEmpty() ? row.get("cluster_id") : row.get("id");
    try {
      ObservationRow read = ObservationRow.of(table, row, backgroundScale);
      return new PredictionInput(
          id,
          reading.apply(read.files()),
          framing.around(read.place()),
          read.scale(),
          asIs,
          Optional.empty());
    } catch (IllegalArgumentException e) {
      Observation.Files files =
          new Observation.Files(
              table.resolveSibling(row.get("file")), Optional.empty(), Optional.empty(), 1);
      return new PredictionInput(
          id,
          files,
          framing,
          ImageScale.UNKNOWN,
          asIs,
          Optional.of(String.valueOf(row.first().error(e).getMessage())));
    }
  }
}
