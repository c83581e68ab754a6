package org.clusternet.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.clusternet.data.CoreType;
import org.clusternet.data.io.CsvFile;
import org.clusternet.inference.Prediction;

/**
 * Tables of predictions. Boxes are in pixels of the network's input, counted from 0 in the order of
 * the FITS file, inclusive, and empty for the baseline. A run's probabilities are written with all
 * digits, so that reading returns the same numbers: calibration uses logarithms, for which small
 * probabilities matter.
 */
public final class PredictionTable {
  private static final List<String> BOX = List.of("x_min", "y_min", "x_max", "y_max");

  /** The columns of a prediction in a table of image files. */
  public static final List<String> FILE_COLUMNS =
      List.of("p_cc", "p_wcc", "p_ncc", "class", "x_min", "y_min", "x_max", "y_max");

  private PredictionTable() {}

  /** The columns that identify an image, and its prediction. */
  public record Row(List<String> image, Prediction prediction) {
    public Row {
      image = List.copyOf(image);
    }
  }

  /** Writes a run's table: {@code names}, class, probabilities, box. */
  static void writeRun(Path file, List<String> names, List<Row> rows) {
    List<String> columns = new ArrayList<>(names);
    columns.addAll(List.of("class", "p_cc", "p_wcc", "p_ncc"));
    columns.addAll(BOX);
    List<List<String>> cells = new ArrayList<>();
    for (Row row : rows) {
      List<String> line = new ArrayList<>(row.image());
      line.add(row.prediction().coreType().name());
      row.prediction().probabilities().forEach(p -> line.add(Double.toString(p)));
      addBox(line, row.prediction());
      cells.add(line);
    }
    CsvFile.write(file, columns, cells);
  }

  /**
   * The cells of a prediction in a table of image files.
   *
   * @param prediction the prediction; empty for an image without one
   * @return a cell per column of {@link #FILE_COLUMNS}
   */
  public static List<String> cells(Optional<Prediction> prediction) {
    List<String> line = new ArrayList<>();
    if (prediction.isEmpty()) {
      return Collections.nCopies(FILE_COLUMNS.size(), "");
    }
    addProbabilities(line, prediction.get());
    line.add(prediction.get().coreType().name());
    addBox(line, prediction.get());
    return line;
  }

  private static void addProbabilities(List<String> line, Prediction prediction) {
    for (CoreType type : CoreType.values()) {
      line.add(String.format(Locale.ROOT, "%.6f", prediction.probability(type)));
    }
  }

  private static void addBox(List<String> line, Prediction prediction) {
    line.addAll(
        prediction
            .box()
            .map(
                b ->
                    List.of(
                        Integer.toString(b.xMin()),
                        Integer.toString(b.yMin()),
                        Integer.toString(b.xMax()),
                        Integer.toString(b.yMax())))
            .orElse(List.of("", "", "", "")));
  }
}
