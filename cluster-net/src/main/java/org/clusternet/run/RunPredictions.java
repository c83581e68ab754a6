package org.clusternet.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.clusternet.data.CoreType;
import org.clusternet.data.io.CsvFile;
import org.clusternet.engine.region.Box;
import org.clusternet.inference.Prediction;

/** {@code predictions.csv} of a run folder, read back. */
public final class RunPredictions {
  private RunPredictions() {}

  /**
   * A row of the table.
   *
   * @param cluster name of the cluster
   * @param projection name of the line of sight
   * @param file image file, relative to the dataset folder
   * @param split train, validation or test
   * @param label the true class
   * @param prediction the network's prediction
   */
  public record Row(
      String cluster,
      String projection,
      String file,
      String split,
      CoreType label,
      Prediction prediction) {}

  /**
   * Reads the table.
   *
   * @param file the table
   * @return its rows in their order
   * @throws org.clusternet.data.DataException if it is missing or a row is malformed
   */
  public static List<Row> read(Path file) {
    List<Row> rows = new ArrayList<>();
    for (CsvFile.Row row :
        CsvFile.read(
            file, "cluster_id", "projection", "split", "label", "p_cc", "p_wcc", "p_ncc")) {
      try {
        rows.add(
            new Row(
                row.get("cluster_id"),
                row.get("projection"),
                row.get("file"),
                row.get("split"),
                CoreType.parse(row.get("label")),
                prediction(row)));
      } catch (IllegalArgumentException e) {
        throw row.error(String.valueOf(e.getMessage()));
      }
    }
    return rows;
  }

  private static Prediction prediction(CsvFile.Row row) {
    List<Double> probabilities =
        List.of(
            Double.valueOf(row.get("p_cc")),
            Double.valueOf(row.get("p_wcc")),
            Double.valueOf(row.get("p_ncc")));
    if (row.get("x_min").isEmpty()) {
      return new Prediction(probabilities, Optional.empty());
    }
    Box box =
        new Box(
            Integer.parseInt(row.get("x_min")),
            Integer.parseInt(row.get("y_min")),
            Integer.parseInt(row.get("x_max")),
            Integer.parseInt(row.get("y_max")));
    return new Prediction(probabilities, Optional.of(box));
  }
}
